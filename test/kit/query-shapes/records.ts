import type { Document } from 'mongodb';

/** Makes the record of a number, from 0, of a collection of so many. */
type Make = (i: number, of: number) => Document;

const START = Date.parse('2020-01-01T00:00:00Z');
const SECOND_MS = 1000;
/** The authority whose log and inbox are read. */
export const OWN = '29189846';
/** Persons of whom there are long lists, however many others there are. */
const LONG_LISTS = 5;

/** @returns a number below `below` that looks as if it were drawn, the same each time */
function drawn(i: number, salt: number, below: number): number {
  let hash = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

const at = (i: number) => new Date(START + i * SECOND_MS);
const day = (i: number) => new Date(START + drawn(i, 1, 2000) * 86_400_000).toISOString().slice(0, 10);
/** Nine of ten are of the own authority. */
const cvrOf = (i: number) => (drawn(i, 2, 10) > 0 ? OWN : `1000000${drawn(i, 3, 5)}`);
/** A tenth of all records are of few persons, the others of a person with about ten each. */
const personOf = (i: number, of: number) =>
  drawn(i, 4, 10) === 0
    ? `person-${drawn(i, 5, LONG_LISTS)}`
    : `person-${LONG_LISTS + drawn(i, 6, Math.ceil(of / 10))}`;
const numberOf = (i: number, of: number) => `key-${personOf(i, of)}`;
/** Some names are had by many: the square of a drawn number is small more often. */
const nameOf = (i: number, salt: number) => `name${Math.floor(drawn(i, salt, 1000) ** 2 / 1000)}`;

const access = (i: number, of: number) => ({
  ownerCvr: cvrOf(i),
  kle: `${32 + drawn(i, 7, 4)}.${10 + drawn(i, 8, 20)}.04`,
  sensitivity: drawn(i, 9, 10) > 0 ? 1 : 2,
  // Rights are for all systems that an agreement names.
  source: 'SOURCE',
  unit: `unit-${drawn(i, 11, 50)}`,
  profile: 'profile',
  hiddenFrom: [],
  stale: false,
  validFrom: '2000-01-01',
  validTo: null,
  parties: [numberOf(i, of)],
  caseId: `case-${drawn(i, 12, Math.ceil(of / 4))}`,
  kind: 'case',
});

const record: Make = (i, of) => ({
  rev: 1,
  registeredAt: at(i),
  registeredNs: 0,
  access: access(i, of),
  partyIds: [personOf(i, of)],
  parties: [{ key: numberOf(i, of), id: personOf(i, of), role: 'PRIMARY' }],
  caseId: access(i, of).caseId,
});

const household = (i: number, of: number) => ({ key: `home-${drawn(i, 13, Math.ceil(of / 3))}`, ...since });
const since = { from: '2000-01-01', to: null };

const citizen: Make = (i, of) => ({
  ...record(i, of),
  cprKeys: [`cpr-${i}`],
  nameTokens: [nameOf(i, 20), nameOf(i, 21), nameOf(i, 22)],
  birthDate: `19${10 + drawn(i, 23, 90)}-0${1 + drawn(i, 24, 9)}-${10 + drawn(i, 25, 18)}`,
  places: [
    {
      ...since,
      street: `street${drawn(i, 26, 400)}`,
      number: String(1 + drawn(i, 27, 150)),
      tokens: [`street${drawn(i, 26, 400)}`, `town${drawn(i, 28, 20)}`],
    },
  ],
  households: [household(i, of)],
  relations: [{ key: `cpr-${drawn(i, 29, of)}`, id: null, relation: 'CHILD' }],
  homes: [{ cvr: cvrOf(i), from: '2000-01-01' }],
  ties: [access(i, of)],
  protectedAddress: false,
  mergedInto: null,
});

const entry: Make = (i, of) => ({
  at: at(i),
  cvr: cvrOf(i),
  user: `user-${drawn(i, 30, 300)}`,
  event: ['opened', 'section-read', 'searched', 'listed'][drawn(i, 31, 4)],
  decision: drawn(i, 32, 200) === 0 ? 'REFUSE' : 'PERMIT',
  citizenId: personOf(i, of),
  requestId: `request-${i >> 2}`,
  lookupId: `look-up-${i >> 3}`,
  alarms: drawn(i, 33, 300) === 0 ? ['kin'] : [],
  writer: `writer-${drawn(i, 34, 8)}`,
  seq: i,
});

const alert: Make = (i, of) => ({
  ...record(i, of),
  state: ['NEW', 'IN_PROGRESS', 'COMPLETED'][drawn(i, 40, 3)],
  receivedAt: at(drawn(i, 41, of)),
  changedAt: at(i),
  deleteAfter: day(i),
  groupId: `group-${drawn(i, 42, 60)}`,
  assignee: `user-${drawn(i, 43, 300)}`,
  eventType: `EVENT_${drawn(i, 44, 12)}`,
  receiver: { kind: 'UNIT', id: `unit-${drawn(i, 11, 50)}` },
  hasCase: true,
  caseFacts: access(i, of),
  caseNumber: `number-${i}`,
});

const session: Make = (i, of) => ({
  cvr: cvrOf(i),
  subject: `user-${drawn(i, 50, Math.ceil(of / 3))}`,
  browser: `browser-${i}`,
  from: { provider: 'provider', nameId: `user-${drawn(i, 50, Math.ceil(of / 3))}` },
  refresh: `refresh-${i}`,
  startedAt: at(i),
  ended: null,
});

const until: Make = (i) => ({ until: at(i), browser: `browser-${i}`, jump: `jump-${i}`, taken: false });
const aged: Make = (i) => ({ at: at(i), source: `SOURCE_${drawn(i, 60, 3)}` });

/** What is of a user, of an authority. */
const own: Make = (i, of) => ({
  cvr: cvrOf(i),
  subject: `user-${drawn(i, 70, Math.ceil(of / 20))}`,
  openedAt: drawn(i, 71, 4) === 0 ? null : at(i),
  usedAt: at(i),
  favourite: drawn(i, 71, 4) === 0,
  done: drawn(i, 72, 2) === 0,
  dueOn: day(i),
  from: at(i),
  to: at(i),
  review: drawn(i, 73, 50) === 0 ? null : { verdict: 'JUSTIFIED' },
  reviewBy: at(i),
  by: `user-${drawn(i, 70, Math.ceil(of / 20))}`,
  at: at(i),
});

/** Records as a large store has them, by collection: what queries ask for, beside the id. */
export const RECORDS: Readonly<Record<string, Make>> = {
  citizens: citizen,
  companies: (i, of) => ({ ...record(i, of), cvr: `cvr-${i}`, nameTokens: [nameOf(i, 80), `name-${i}`] }),
  ties: record,
  remarks: (i, of) => ({
    cvr: cvrOf(i),
    citizenId: personOf(i, of),
    personKey: numberOf(i, of),
    validFrom: '2000-01-01',
    validTo: null,
  }),
  'own-persons': own,
  cases: (i, of) => ({
    ...record(i, of),
    openedOn: day(i),
    droppedOn: day(i),
    state: ['OPEN', 'CLOSED'][drawn(i, 98, 2)],
    isControl: drawn(i, 99, 3) === 0,
    caseNumberKey: `number-${i}`,
  }),
  notes: (i, of) => ({ ...record(i, of), writtenOn: day(i) }),
  handedNotes: (i, of) => ({
    ...record(i, of),
    ...own(i, of),
    source: `SOURCE_${drawn(i, 90, 3)}`,
    delivery: drawn(i, 91, 100) === 0 ? 'WAITING' : 'TAKEN',
    writtenAt: at(i),
    settledAt: at(i),
  }),
  documents: (i, of) => ({
    ...record(i, of),
    letterDate: day(i),
    caseIds: [access(i, of).caseId],
    caseFacts: [access(i, of)],
    filedOnCase: true,
  }),
  grants: (i, of) => ({
    ...record(i, of),
    startsOn: day(i),
    benefits: [{ kle: access(i, of).kle, endsOn: null }],
    paymentFacts: [{ kle: access(i, of).kle, disposalDate: day(i), ofOwner: true }],
  }),
  payments: (i, of) => ({
    grantId: `grant-${drawn(i, 95, Math.ceil(of / 12))}`,
    disposalDate: day(i),
    kle: access(i, of).kle,
  }),
  alerts: alert,
  groups: (i) => ({ cvr: cvrOf(i), name: `name-${i}` }),
  messages: (i) => ({ ...aged(i, 0), messageId: `message-${i}` }),
  'early-messages': aged,
  reminders: own,
  searches: (i, of) => ({ ...own(i, of), name: `name-${i}`, shared: drawn(i, 100, 3) === 0 }),
  reference: (i) => ({ cvr: cvrOf(i) }),
  history: (i, of) => ({
    of: `record-${drawn(i, 96, Math.ceil(of / 3))}`,
    registeredAt: at(i),
    registeredNs: 0,
  }),
  entries: entry,
  'key-changes': (i) => ({ next: `key-${i}` }),
  checkpoints: (i) => ({ writer: `writer-${i >> 6}`, no: i & 63 }),
  governed: (i) => ({ cvr: `cvr-${i >> 5}`, kind: 'mapping', key: `key-${i}` }),
  users: (i) => ({
    cvr: `cvr-${i >> 9}`,
    personId: `person-${i}`,
    unit: `unit-${i >> 4}`,
    jobFunctionRoles: [`role-${drawn(i, 97, 40)}`],
  }),
  systems: (i) => ({ code: `SOURCE_${i}`, active: true, takesNotes: true }),
  assertions: aged,
  rejects: (i) => ({ ...aged(i, 0), recordId: `record-${i >> 1}` }),
  sessions: session,
  signIns: until,
  jumps: until,
  once: until,
  lookUps: until,
  lifts: own,
  simulations: own,
  handovers: aged,
};
