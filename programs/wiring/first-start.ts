import type { DirectoryStory } from '../../seed/development/site.js';
import type { OpenStore } from '../../store/open.js';
import { releaseMemory } from '../../store/release-memory.js';

/** The seed's last batch is garbage only once everything that awaited it has returned; V8 gives pages back late. */
const RELEASE_AFTER_MS = [2000, 4000, 8000];

/** Work done once before a gateway is ready: it begins when the gateway listens, and its store stays open until it ends. */
export class FirstStart {
  readonly stories: DirectoryStory[] = [];
  #isDone = false;
  #work: Promise<void> | undefined;

  constructor(
    readonly store: Pick<OpenStore, 'releaseMemory'>,
    readonly prepare: () => Promise<readonly DirectoryStory[]>,
  ) {}

  get isDone(): boolean {
    return this.#isDone;
  }

  /** @returns when the work is done; rejects when it could not be. */
  begin(): Promise<void> {
    return (this.#work ??= this.#run());
  }

  /** Waits for work that has begun, however it ends. */
  async settled(): Promise<void> {
    await this.#work?.catch(() => undefined);
  }

  async #run(): Promise<void> {
    this.stories.push(...(await this.prepare()));
    this.#isDone = true;
    for (const delay of RELEASE_AFTER_MS) setTimeout(() => this.#release(), delay).unref();
  }

  #release(): void {
    releaseMemory();
    this.store.releaseMemory();
  }
}
