import type { DirectoryStory } from '../../seed/development/site.js';
import type { OpenStore } from '../../store/open.js';
import { releaseMemory } from '../../store/release-memory.js';

/** What was done: the stories that there are, and whether anything was planted for them now. */
interface FirstWork {
  readonly stories: readonly DirectoryStory[];
  readonly planted: boolean;
}

/** The seed's last batch is garbage only once everything that awaited it has returned; V8 gives pages back late. */
const RELEASE_AFTER_MS = [2000, 4000, 8000];

/** Work done once before a gateway is ready: it begins when the gateway listens, and its store stays open until it ends. */
export class FirstStart {
  readonly stories: DirectoryStory[] = [];
  #isDone = false;
  #work: Promise<void> | undefined;
  #releases: readonly NodeJS.Timeout[] = [];

  constructor(
    readonly store: Pick<OpenStore, 'releaseMemory'>,
    readonly prepare: () => Promise<FirstWork>,
  ) {}

  get isDone(): boolean {
    return this.#isDone;
  }

  /** @returns when the work is done; rejects when it could not be. */
  begin(): Promise<void> {
    return (this.#work ??= this.#run());
  }

  /** Waits for work that has begun, however it ends; nothing is done after. */
  async stop(): Promise<void> {
    await this.#work?.catch(() => undefined);
    for (const release of this.#releases) clearTimeout(release);
  }

  async #run(): Promise<void> {
    const { stories, planted } = await this.prepare();
    this.stories.push(...stories);
    this.#isDone = true;
    // A start that plants nothing leaves little behind, and looking for it takes a second of CPU.
    if (!planted) return;
    this.#releases = RELEASE_AFTER_MS.map((delay) => setTimeout(() => this.#release(), delay).unref());
  }

  #release(): void {
    releaseMemory();
    this.store.releaseMemory();
  }
}
