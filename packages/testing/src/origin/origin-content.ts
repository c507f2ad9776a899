import { fileAnswer, textAnswer, type Answer } from './answer.ts';
import { createMisbehaviour, throttled, type Behaviour, type Misbehave } from './behaviour.ts';
import { createTokenBucket, type TokenBucket } from '../network/token-bucket.ts';

/** The answers of an origin by path: added content, then files, then 404; changed by behaviours and the rate of the line. */
export interface OriginContent {
  /** Answers at a path; the answer is made anew for each request. */
  add(path: string, make: () => Answer): void;
  /** Misbehaves at a path from now on. A `*` at the end stands for every path that begins so. */
  behave(path: string, behaviour: Behaviour): void;
  behaveWell(): void;
  /** Changes the rate of the line; undefined: unlimited. */
  throttle(bytesPerSecond: number | undefined): void;
  /** @param signal aborted when the client disconnects. */
  answer(request: { path: string; range: string | undefined }, signal: AbortSignal): Promise<Answer>;
}

/** @param root folder whose files are served at their own relative paths. */
export function createOriginContent(root: string | undefined): OriginContent {
  const contents = new Map<string, () => Answer>();
  const misbehaviours = new Map<string, { readonly misbehave: Misbehave; readonly ignoresRange: boolean }>();
  let line: TokenBucket | undefined;

  return {
    add: (path, make) => void contents.set(path, make),
    behave: (path, behaviour) =>
      void misbehaviours.set(path, {
        misbehave: behaviour.kind === 'ignore-range' ? (answer) => answer : createMisbehaviour(behaviour),
        ignoresRange: behaviour.kind === 'ignore-range',
      }),
    behaveWell: () => misbehaviours.clear(),
    throttle(bytesPerSecond) {
      line = bytesPerSecond === undefined ? undefined : createTokenBucket(bytesPerSecond);
    },
    async answer({ path, range: requested }, signal) {
      const found = findFor(misbehaviours, path);
      const range = found?.ignoresRange === true ? undefined : requested;
      const good =
        contents.get(path)?.() ??
        (root === undefined ? textAnswer('not found', 'text/plain', 404) : fileAnswer(root, path, range));
      const given = found ? await found.misbehave(good, signal) : good;
      return line ? throttled(given, line, signal) : given;
    },
  };
}

/** Of a path: what was said of it itself, else of all that begins as it does. */
function findFor<Found>(known: ReadonlyMap<string, Found>, path: string): Found | undefined {
  const exact = known.get(path);
  if (exact) return exact;
  for (const [pattern, found] of known)
    if (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))) return found;
  return undefined;
}
