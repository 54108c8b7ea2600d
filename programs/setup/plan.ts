import { isDeepStrictEqual } from 'node:util';
import { effectiveVersion, settingsAt } from '../../subgraphs/access/governed/effective.js';
import { digestOf, governedId } from '../../subgraphs/access/governed/life-cycle.js';
import type { Installation } from '../../subgraphs/access/installation/read-installation.js';
import type { WantedContent } from '../../subgraphs/access/installation/write-installation.js';
import type { Content, GovernedRecord } from '../../subgraphs/access/source/records.js';
import type { Wanted } from './check-file.js';
import type { ContentInFile } from './contents.js';

/**
 * What becomes of one thing of the file: it is as it should be; the operator may change it; it begins with its authority;
 * it is asked for, and somebody of the authority decides; it waits already; or it would overwrite what somebody is changing.
 */
export type Way = 'same' | 'applied' | 'begins' | 'decided' | 'waits' | 'busy';

/** One thing of the file beside what the store has. */
export interface Step {
  readonly what: string;
  readonly way: Way;
  /** Both as they are kept; `before` is undefined for what is new. */
  readonly before: object | undefined;
  readonly after: object;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Contents to write; those of `steps` that begin or are to be decided. */
  readonly contents: readonly WantedContent[];
}

/**
 * Compares what a file asks for with what the store has.
 * @param taken authorities whose people have begun to work: what they have is changed by them alone
 */
export function planOf(
  wanted: Wanted,
  installation: Installation,
  taken: ReadonlySet<string>,
  now: Date,
): Plan {
  const operators = [
    ...wanted.authorities.map((authority) => operatorStep('authority', authority, installation.authorities)),
    ...wanted.providers.map((provider) =>
      operatorStep('identity provider', provider, installation.providers),
    ),
    ...wanted.systems.map((system) => operatorStep('system', system, installation.systems)),
  ];
  const governed = wanted.contents.map((content) => governedStep(content, installation, taken, now));
  return {
    steps: [...operators, ...governed.map(({ step }) => step)],
    contents: governed.flatMap(({ write }) => write ?? []),
  };
}

function operatorStep<T extends { readonly _id: string }>(kind: string, after: T, all: readonly T[]): Step {
  const before = all.find(({ _id }) => _id === after._id);
  const way = isDeepStrictEqual(before, after) ? 'same' : 'applied';
  return { what: `${kind} ${after._id}`, way, before, after };
}

interface Governed {
  readonly step: Step;
  readonly write?: WantedContent;
}

function governedStep(
  { name, content }: ContentInFile,
  { governed }: Installation,
  taken: ReadonlySet<string>,
  now: Date,
): Governed {
  const present = governed.get(governedId(name)) ?? null;
  const before = present === null ? undefined : inForce(present, now);
  const what = `${name.kind} of ${name.cvr}: ${name.key}`;
  const way = wayOf(content, present, before, taken.has(name.cvr));
  const step = { what, way, before, after: content };
  return way === 'begins' || way === 'decided' ? { step, write: { name, content, present, way } } : { step };
}

function wayOf(
  content: Content,
  present: GovernedRecord | null,
  before: Content | undefined,
  isTaken: boolean,
): Way {
  const digest = digestOf(content);
  if (before && digestOf(before) === digest) return 'same';
  if (!isTaken) return 'begins';
  const open = [present?.draft, present?.proposal].flatMap((pending) =>
    pending ? [digestOf(pending.content)] : [],
  );
  if (open.includes(digest)) return 'waits';
  return open.length > 0 ? 'busy' : 'decided';
}

/** @returns the content in force; settings with the choices that came up after they were approved */
function inForce(item: GovernedRecord, now: Date): Content | undefined {
  const content = effectiveVersion(item, now)?.content;
  return content?.kind === 'settings' ? settingsAt(item, now) : content;
}
