/** Why a job's programs are ended although nothing went wrong. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly by: 'cancel' | 'shutdown';

  constructor(by: 'cancel' | 'shutdown') {
    super(by);
    this.by = by;
  }
}
