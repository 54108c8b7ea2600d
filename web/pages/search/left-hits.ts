/** The hits as they were left for a person, by id and in their order. Holds nothing else of anybody. */
export class LeftHits {
  #ids: readonly string[] = [];
  #opened: string | null = null;
  #scrollY = 0;
  #wentOn = 0;

  /** The hits that are shown, in their order. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The hit that was opened last; null for none. */
  get opened(): string | null {
    return this.#opened;
  }

  /** How far down the page it stood, in pixels. */
  get scrollY(): number {
    return this.#scrollY;
  }

  /** Number of the last search whose only hit has been opened by itself; 0 for none. Who comes back to it is shown the hit. */
  get wentOn(): number {
    return this.#wentOn;
  }

  /** Another search begins: nothing of the one before is left. */
  begin(): void {
    this.#ids = [];
    this.#opened = null;
    this.#scrollY = 0;
  }

  show(ids: readonly string[]): void {
    this.#ids = ids;
  }

  open(id: string, atY: number): void {
    this.#opened = id;
    this.#scrollY = atY;
  }

  /** Goes on to another hit without coming back to the list between. */
  walkTo(id: string): void {
    this.#opened = id;
  }

  goOn(search: number): void {
    this.#wentOn = search;
  }
}
