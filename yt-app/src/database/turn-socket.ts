import { Socket } from 'node:net';

/** A socket that sends, at once, all that is written to it in one turn of the event loop and by the promises that are settled in it. */
export class TurnSocket extends Socket {
  #isHeld = false;

  override write(chunk: Uint8Array | string, ...rest: unknown[]): boolean {
    this.#hold();
    const write = super.write.bind(this) as (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;
    return write(chunk, ...rest);
  }

  override cork(): void {
    this.#hold();
    super.cork();
  }

  /** Until the promises of this turn are settled: those go before what is next. */
  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    super.cork();
    process.nextTick(() => {
      this.#isHeld = false;
      super.uncork();
    });
  }
}
