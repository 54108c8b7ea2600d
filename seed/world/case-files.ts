import { present } from '../../subgraphs/shared/certain/present.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { unitId } from '../authorities.js';
import { noon } from '../days.js';
import type { SourceSystem } from '../source-systems.js';
import { urn, type World } from './person.js';

const FIRST_STATE = 'the first state of a case';
const LAST_STATE = 'the last state of a case';

export type CaseInput = Extract<FeedInput, { type: 'case' }>;
type DocumentInput = Extract<FeedInput, { type: 'document' }>;
type NoteInput = Extract<FeedInput, { type: 'note' }>;
export type AlertInput = Extract<FeedInput, { type: 'alert' }>;

const TITLES: Readonly<Record<string, string>> = {
  KSD: 'Sygedagpenge',
  KY: 'Kontanthjælp',
  KP: 'Personligt tillæg',
  KMD_SAG: 'Enkeltydelse',
  SBSYS: 'Henvendelse',
  DUBU: 'Børnefaglig undersøgelse',
  JOBCENTER: 'Kontaktforløb',
  EOJ: 'Hjemmepleje',
};
const HANDLERS = ['Hanne Lund', 'Morten Kjær', 'Pia Bak', 'Søren Holm', 'Line Madsen'];
const DOCUMENT_TITLES = [
  'Ansøgning',
  'Afgørelse',
  'Partshøring',
  'Oplysningsskema',
  'Lægeattest',
  'Kvittering for modtagelse',
  'Opfølgning',
];

export interface CaseOptions {
  readonly source: SourceSystem;
  readonly ownerCvr: string;
  readonly kle?: string;
  readonly sensitivity: SensitivityRank;
  readonly openedOn: string;
  readonly closed?: boolean;
  readonly title?: string;
  readonly more?: Partial<CaseInput>;
}

/** @returns a case with its history, as the source would deliver it. */
export function makeCase(world: World, party: string, options: CaseOptions): CaseInput {
  const { random, today } = world;
  const { source, ownerCvr, openedOn } = options;
  const kle = options.kle ?? random.pick(source.topics);
  const steps = options.closed ? 4 : random.int(1, 3);
  const states = (['ARISEN', 'INFORMED', 'DECIDED', 'CLOSED'] as const).slice(0, steps);
  const history = states.map((state, i) => ({
    state,
    on: earlier(addDays(openedOn, i * random.int(5, 60)), today),
  }));
  return {
    type: 'case',
    id: random.uuid(),
    registeredAt: noon(present(history.at(-1), LAST_STATE).on),
    source: source.code,
    ownerCvr,
    kle,
    sensitivity: options.sensitivity,
    unit: unitId(ownerCvr, source.unit),
    caseNumber: `${source.code.slice(0, 3)}-${openedOn.slice(0, 4)}-${String(random.int(0, 9_999_999)).padStart(7, '0')}`,
    title: options.title ?? ownValue(TITLES, source.code) ?? source.name,
    facet: 'G01',
    history: history.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    primaryHandler: random.chance(0.85) ? random.pick(HANDLERS) : null,
    parties: [{ role: 'PRIMARY', person: urn(party) }],
    ...options.more,
  };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** @returns a document filed on a case. */
export function makeDocument(
  world: World,
  party: string,
  filedOn: CaseInput,
  more: Partial<DocumentInput> = {},
): DocumentInput {
  const { random, today } = world;
  const letterDate = earlier(addDays(present(filedOn.history[0], FIRST_STATE).on, random.int(0, 90)), today);
  return {
    type: 'document',
    id: random.uuid(),
    registeredAt: noon(letterDate),
    source: filedOn.source,
    ownerCvr: filedOn.ownerCvr,
    kle: filedOn.kle,
    sensitivity: filedOn.sensitivity,
    unit: filedOn.unit ?? null,
    title: random.pick(DOCUMENT_TITLES),
    documentNumber: `D${random.int(10_000, 9_999_999)}`,
    documentType: random.pick(['INCOMING_LETTER', 'OUTGOING_LETTER', 'INTERNAL_NOTE', 'REPORT'] as const),
    state: random.pick(['RECEIVED', 'PUBLISHED', 'FINAL'] as const),
    letterDate,
    caseIds: [filedOn.id],
    parties: [urn(party)],
    ...more,
  };
}

/** @returns a journal note on a case. */
export function makeNote(world: World, filedOn: CaseInput): NoteInput {
  const { random, today } = world;
  const writtenOn = earlier(addDays(present(filedOn.history[0], FIRST_STATE).on, random.int(0, 120)), today);
  return {
    type: 'note',
    id: random.uuid(),
    registeredAt: noon(writtenOn),
    source: filedOn.source,
    caseId: filedOn.id,
    title: random.pick(['Telefonsamtale', 'Møde', 'Opfølgning', 'Intern drøftelse']),
    text: random.pick([
      'Borgeren har henvendt sig om sagens gang.',
      'Der er aftalt opfølgning om fire uger.',
      'Oplysninger er indhentet.',
    ]),
    writtenOn,
  };
}

/** @returns an alert that a case arose or was closed. */
export function makeCaseAlert(world: World, party: string, about: CaseInput): AlertInput {
  const closed = present(about.history.at(-1), LAST_STATE).state === 'CLOSED';
  return {
    type: 'alert',
    id: world.random.uuid(),
    registeredAt: about.registeredAt,
    source: about.source,
    ownerCvr: about.ownerCvr,
    kle: about.kle,
    sensitivity: about.sensitivity,
    unit: about.unit ?? null,
    eventType: closed ? 'CASE_CLOSED' : 'CASE_ARISEN',
    title: closed ? 'Sag afsluttet' : 'Ny sag',
    state: closed ? 'COMPLETED' : 'NEW',
    receivedAt: about.registeredAt,
    caseId: about.id,
    party: urn(party),
  };
}
