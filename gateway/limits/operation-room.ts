/** One user has so large a part of the room at most: a quarter of it. */
const USERS = 4;

/**
 * Room for operations that run at the same time. All are slow when there are more than can be answered within their time, and end with
 * parts missing: those that find no room are refused at once, so that those inside are answered whole.
 */
export class OperationRoom {
  #inside = 0;
  /** Of the users who are inside; there are no more of them than operations. */
  readonly #ofUser = new Map<string, number>();

  /** @param most operations at a time */
  constructor(readonly most: number) {}

  /** @returns the function to call when the operation has ended; undefined when there is no room for it */
  enter(user: string): (() => void) | undefined {
    const own = this.#ofUser.get(user) ?? 0;
    if (this.#inside >= this.most || own >= Math.ceil(this.most / USERS)) return undefined;
    this.#inside++;
    this.#ofUser.set(user, own + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#leave(user);
    };
  }

  #leave(user: string): void {
    this.#inside--;
    const left = (this.#ofUser.get(user) ?? 0) - 1;
    if (left > 0) this.#ofUser.set(user, left);
    else this.#ofUser.delete(user);
  }
}
