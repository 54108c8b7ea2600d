/**
 * Room for operations that run at the same time. All are slow when there are more than can be answered within their time, and end with
 * parts missing: those that find no room are refused at once, so that those inside are answered whole.
 */
export class OperationRoom {
  #inside = 0;

  /** @param most operations at a time */
  constructor(readonly most: number) {}

  /** @returns the function to call when the operation has ended; undefined when there is no room for it */
  enter(): (() => void) | undefined {
    if (this.#inside >= this.most) return undefined;
    this.#inside++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#inside--;
    };
  }
}
