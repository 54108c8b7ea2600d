/** What the windows of one browser tell each other: which person was opened last, and that somebody has signed in again. */
interface Told {
  readonly opened?: string;
  readonly signedIn?: true;
}

/** The windows of one browser that show persons (issue 5, line 8). */
export class Windows {
  readonly #channel = new BroadcastChannel('overblik');
  #other = false;

  /** @param citizenId the person this window shows */
  constructor(citizenId: string, onSignedIn: () => void) {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.opened !== undefined) this.#other = data.opened !== citizenId;
      if (data.signedIn) onSignedIn();
    });
    this.#channel.postMessage({ opened: citizenId } satisfies Told);
  }

  /** @returns whether another window has opened another person since. */
  get showsAnotherPerson(): boolean {
    return this.#other;
  }

  /** This window's person is the one that is worked on. */
  takeOver(): void {
    this.#other = false;
  }
}

/** Tells the other windows that the session is good again. */
export function tellSignedIn(): void {
  new BroadcastChannel('overblik').postMessage({ signedIn: true } satisfies Told);
}
