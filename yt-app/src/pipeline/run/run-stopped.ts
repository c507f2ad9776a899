/** The reason of a signal that ends the programs of a run although nothing failed. */
export class RunStopped extends Error {
  override readonly name: string = 'RunStopped';
  /** True: another run continues the job, with the files of this one. */
  readonly isContinued: boolean;

  constructor(message: string, { isContinued }: { readonly isContinued: boolean }) {
    super(message);
    this.isContinued = isContinued;
  }
}
