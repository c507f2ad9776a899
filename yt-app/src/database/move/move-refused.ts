import type { DatabaseKind } from '../app-database.ts';

/** A move that was not begun. `in-use`: yt-app uses the database. `not-empty`: the target has rows. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
  readonly reason: 'in-use' | 'not-empty';
  readonly kind: DatabaseKind;

  constructor(reason: MoveRefused['reason'], kind: DatabaseKind) {
    super(`${reason}: ${kind}`);
    this.reason = reason;
    this.kind = kind;
  }
}
