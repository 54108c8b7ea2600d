/** What is wrong with a set-up file: where, and the rule. Never the value. */
export interface Fault {
  /** Path of the field, joined by dots. */
  readonly path: string;
  readonly rule: string;
}

/** A set-up file with faults; nothing was stored. */
export class SetupFaults extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(
      `The file has ${faults.length} fault(s); nothing was changed:\n${faults.map(({ path, rule }) => `  - ${path === '' ? 'the file' : path}: ${rule}`).join('\n')}`,
    );
    this.name = 'SetupFaults';
  }
}
