import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemCode } from '../errors/system-code.js';
import { hashCheckpoint, type ReadCheckpoint } from './checkpoint.js';
import type { AuditFault } from './faults.js';

/** What the file of checkpoints outside the database says of the log. */
export interface AnchorReport {
  /** Checkpoints in the file. */
  readonly anchors: number;
  readonly faults: readonly AuditFault[];
}

/** A whole signed statement: a line that was cut by a power failure is none, and says nothing. */
const WHOLE = /^[\w-]+\.[\w-]+\.[\w-]{86}$/;

/**
 * The file as it is now; what is appended to it later is left out, so that it can be compared with checkpoints that are read later.
 * @returns its length in bytes; undefined when there is none
 */
export async function anchorLength(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Compares the file with the checkpoints of the database.
 * @param length bytes of the file that are looked at
 * @param hashes of the checkpoints the database has
 * @param cvrs only what vouches for these authorities; all when left out
 */
export async function compareAnchors(
  file: string,
  length: number,
  hashes: ReadonlySet<string>,
  read: ReadCheckpoint,
  cvrs: ReadonlySet<string> | undefined,
): Promise<AnchorReport> {
  if (length === 0) return { anchors: 0, faults: [] };
  const faults: AuditFault[] = [];
  let [no, anchors] = [0, 0];
  for await (const line of linesOf(file, length)) {
    no++;
    if (!WHOLE.test(line)) continue;
    anchors++;
    if (hashes.has(hashCheckpoint(line))) continue;
    const found = await read(line);
    if ('fault' in found) faults.push({ place: `anchor line ${no}`, kind: 'ANCHOR_FORGED' });
    else if (!cvrs || found.statement.heads.some(({ cvr }) => cvrs.has(cvr)))
      faults.push({ place: `anchor line ${no}`, kind: 'ANCHORED_MISSING' });
  }
  return { anchors, faults };
}

async function* linesOf(file: string, length: number): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', end: length - 1 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
