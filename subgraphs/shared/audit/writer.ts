import { randomBytes } from 'node:crypto';
import { codedError } from '../errors/coded-error.js';
import { type Checkpoint, type CheckpointReason, hashCheckpoint, type SignCheckpoint } from './checkpoint.js';
import { type AuditEntry, type AuditFact, chainEntry, type ChainHead, SYSTEM_CVR } from './entry.js';

/** Where entries go. Insert only: nothing here can change or remove an entry. */
export interface AuditSink {
  insertEntries(entries: readonly AuditEntry[]): Promise<void>;
  insertCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Keeps a copy of a checkpoint outside the database. */
  anchor(checkpoint: Checkpoint): Promise<void>;
}

export interface AuditWriterOptions {
  /** Name of the process, part of every writer id. */
  readonly process: string;
  readonly sink: AuditSink;
  readonly sign: SignCheckpoint;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** Longest time between two checkpoints, in milliseconds. */
const CHECKPOINT_INTERVAL_MS = 60_000;

interface Waiting {
  readonly facts: readonly AuditFact[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Appends facts to this process's chains. `append` resolves when the facts are durable; facts that arrive meanwhile
 * share the next insert. After a failed insert the writer goes on under a new id, so a chain never has a gap.
 */
export class AuditWriter {
  #writer: string;
  #heads = new Map<string, ChainHead>();
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #lastCheckpoint: { no: number; hash: string } | undefined;
  /** Signed, but not known to be stored: it is stored first the next time, or its number would be taken twice. */
  #unstored: { readonly no: number; readonly checkpoint: Checkpoint } | undefined;
  #checkpointing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** The writer has a new id that is not recorded yet; the next insert that succeeds records it first. */
  #rotated = false;

  constructor(readonly options: AuditWriterOptions) {
    this.#writer = newWriterId(options.process);
  }

  get id(): string {
    return this.#writer;
  }

  /** Records the writer's start and signs the first checkpoint. */
  async start(): Promise<void> {
    await this.append([this.#startFact()]);
    await this.checkpoint('start');
    this.#timer = setInterval(
      () => void this.checkpoint('interval').catch(this.options.onError),
      CHECKPOINT_INTERVAL_MS,
    );
    this.#timer.unref();
  }

  /** Signs the last checkpoint; call when nothing appends any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.checkpoint('stop');
  }

  /** Resolves when all facts are durable; throws AUDIT_UNAVAILABLE when they are not. */
  append(facts: readonly AuditFact[]): Promise<void> {
    if (facts.length === 0) return Promise.resolve();
    return new Promise((done, failed) => {
      this.#waiting.push({ facts, done, failed });
      this.#drainSoon();
    });
  }

  /** Signs the heads of all chains. Checkpoints follow each other: two at once would take the same number. */
  checkpoint(reason: CheckpointReason): Promise<void> {
    const next = this.#checkpointing.then(() => this.#signHeads(reason));
    // A failed checkpoint is reported to whoever asked for it; the next one is not held up by it.
    this.#checkpointing = next.catch(() => undefined);
    return next;
  }

  async #signHeads(reason: CheckpointReason): Promise<void> {
    if (this.#unstored) await this.#storeCheckpoint(this.#unstored);
    const statement = {
      writer: this.#writer,
      no: (this.#lastCheckpoint?.no ?? 0) + 1,
      at: this.options.now().toISOString(),
      reason,
      heads: [...this.#heads].map(([cvr, head]) => ({ cvr, ...head })),
      prev: this.#lastCheckpoint?.hash ?? null,
    };
    await this.#storeCheckpoint({ no: statement.no, checkpoint: await this.options.sign(statement) });
  }

  async #storeCheckpoint(signed: { readonly no: number; readonly checkpoint: Checkpoint }): Promise<void> {
    const { no, checkpoint } = signed;
    this.#unstored = signed;
    await this.options.sink.insertCheckpoint(checkpoint);
    this.#unstored = undefined;
    // A writer that has changed its id meanwhile begins its checkpoints anew.
    if (checkpoint.writer === this.#writer)
      this.#lastCheckpoint = { no, hash: hashCheckpoint(checkpoint.jws) };
    await this.options.sink.anchor(checkpoint);
  }

  /** What is appended while the last batch is being answered finds the drain at its end: it begins again. */
  #drainSoon(): void {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
      if (this.#waiting.length > 0) this.#drainSoon();
    });
  }

  async #drain(): Promise<void> {
    // Facts of the same turn travel together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const start = this.#rotated ? [this.#startFact()] : [];
        await this.#write([...start, ...batch.flatMap((waiting) => waiting.facts)]);
        for (const waiting of batch) waiting.done();
        if (this.#rotated) void this.checkpoint('start').catch(this.options.onError);
        this.#rotated = false;
      } catch (error) {
        this.options.onError(error);
        this.#rotate();
        for (const waiting of batch) waiting.failed(codedError('AUDIT_UNAVAILABLE'));
      }
    }
  }

  async #write(facts: readonly AuditFact[]): Promise<void> {
    const heads = new Map(this.#heads);
    const entries = facts.map((fact) => {
      const entry = chainEntry(fact, this.#writer, heads.get(fact.cvr));
      heads.set(fact.cvr, { seq: entry.seq, hash: entry.hash });
      return entry;
    });
    await this.options.sink.insertEntries(entries);
    this.#heads = heads;
  }

  /** What of a failed insert arrived is unknown: its chains end there, and new ones begin. */
  #rotate(): void {
    this.#writer = newWriterId(this.options.process);
    this.#heads = new Map();
    this.#lastCheckpoint = undefined;
    this.#rotated = true;
  }

  #startFact(): AuditFact {
    return {
      at: this.options.now(),
      cvr: SYSTEM_CVR,
      user: this.options.process,
      unit: null,
      event: 'writer-started',
      decision: 'PERMIT',
      permission: 'none',
      ruleCode: null,
      operation: null,
      purpose: null,
      lookupId: null,
      requestId: this.#writer,
      citizenId: null,
      objects: [],
      kle: [],
      rights: [],
      criteria: [],
      alarms: [],
    };
  }
}

/** As many random bytes as no two writers of a process share; in a text, since every entry says it in eight places. */
const WRITER_BYTES = 12;

function newWriterId(process: string): string {
  return `${process}-${randomBytes(WRITER_BYTES).toString('base64url')}`;
}
