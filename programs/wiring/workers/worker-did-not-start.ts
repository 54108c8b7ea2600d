/** Raised when a worker ends before all have answered: it has said why, and starting it again would say the same. */
export class WorkerDidNotStart extends Error {
  /** @param exitCode what the first process is to end with */
  constructor(readonly exitCode: number) {
    super('a worker did not start');
    this.name = 'WorkerDidNotStart';
  }
}
