/** Where users reach a gateway: the address of the settings, or the one it listens at, which is known last of all. */
export class OwnAddress {
  #listening = '';

  /** @param named the address the settings give; undefined for the one it will listen at */
  constructor(readonly named: string | undefined) {}

  /** Empty until it listens; nobody asks before. */
  get url(): string {
    return this.named ?? this.#listening;
  }

  listening(url: string): void {
    this.#listening = url;
  }
}
