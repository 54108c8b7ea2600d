/** What the windows of one browser tell each other: which person was opened last, and that somebody has signed in again. */
interface WindowMessage {
  readonly opened?: string;
  readonly signedIn?: true;
}

const CHANNEL = 'overblik';

/** The windows of one browser that show persons. */
export class Windows {
  readonly #channel = new BroadcastChannel(CHANNEL);
  #other = false;

  /** @param citizenId the person this window shows */
  constructor(readonly citizenId: string) {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage>) => {
      if (data.opened !== undefined) this.#other = data.opened !== citizenId;
    });
    this.#channel.postMessage({ opened: citizenId } satisfies WindowMessage);
  }

  /** @returns whether another window has opened another person since. */
  get showsAnotherPerson(): boolean {
    return this.#other;
  }

  /** This window's person is the one that is worked on. */
  takeOver(): void {
    this.#other = false;
  }

  close(): void {
    this.#channel.close();
  }
}

/** Tells the other windows that the session is good again. */
export function tellSignedIn(): void {
  new BroadcastChannel(CHANNEL).postMessage({ signedIn: true } satisfies WindowMessage);
}

/** @returns what to call to hear no more. */
export function onSignedIn(heard: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage>) => {
    if (data.signedIn) heard();
  });
  return () => channel.close();
}
