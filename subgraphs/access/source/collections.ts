import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type {
  AccessVersionRecord,
  AssertionRecord,
  AuthorityRecord,
  GovernedRecord,
  LiftRecord,
  ProviderRecord,
  RejectRecord,
  SequenceRecord,
  SimulationRecord,
  SystemRecord,
  UserRecord,
  VersionRecord,
} from './records.js';
import type {
  JumpRecord,
  LookUpCountRecord,
  OnceRecord,
  SessionRecord,
  SignInRequestRecord,
} from './session-records.js';

/** An approved version that the governed document no longer holds. */
export interface ArchivedVersion {
  /** `<governed id>#<number>` */
  readonly _id: string;
  readonly of: string;
  readonly version: VersionRecord;
}

export interface AccessCollections {
  readonly governed: Collection<GovernedRecord>;
  readonly archive: Collection<ArchivedVersion>;
  readonly versions: Collection<AccessVersionRecord>;
  readonly authorities: Collection<AuthorityRecord>;
  readonly providers: Collection<ProviderRecord>;
  readonly users: Collection<UserRecord>;
  readonly lifts: Collection<LiftRecord>;
  readonly simulations: Collection<SimulationRecord>;
  readonly systems: Collection<SystemRecord>;
  readonly assertions: Collection<AssertionRecord>;
  readonly rejects: Collection<RejectRecord>;
  readonly sessions: Collection<SessionRecord>;
  readonly signIns: Collection<SignInRequestRecord>;
  readonly jumps: Collection<JumpRecord>;
  readonly once: Collection<OnceRecord>;
  readonly lookUps: Collection<LookUpCountRecord>;
  readonly sequences: Collection<SequenceRecord>;
}

export function accessCollections(database: Db): AccessCollections {
  return {
    governed: database.collection<GovernedRecord>('governed'),
    archive: database.collection<ArchivedVersion>('archive'),
    versions: database.collection<AccessVersionRecord>('versions'),
    authorities: database.collection<AuthorityRecord>('authorities'),
    providers: database.collection<ProviderRecord>('providers'),
    users: database.collection<UserRecord>('users'),
    lifts: database.collection<LiftRecord>('lifts'),
    simulations: database.collection<SimulationRecord>('simulations'),
    systems: database.collection<SystemRecord>('systems'),
    assertions: database.collection<AssertionRecord>('assertions'),
    rejects: database.collection<RejectRecord>('rejects'),
    sessions: database.collection<SessionRecord>('sessions'),
    signIns: database.collection<SignInRequestRecord>('signIns'),
    jumps: database.collection<JumpRecord>('jumps'),
    once: database.collection<OnceRecord>('once'),
    lookUps: database.collection<LookUpCountRecord>('lookUps'),
    sequences: database.collection<SequenceRecord>('sequences'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureAccessIndexes(collections: AccessCollections): Promise<void> {
  await ensureSessionIndexes(collections);
  await ensureRightsIndexes(collections);
  const { systems, assertions, rejects } = collections;
  await ensureIndexes(rejects, [
    { name: 'source', key: { source: 1, at: 1, _id: 1 } },
    { name: 'record', key: { recordId: 1 } },
    { name: 'age', key: { at: 1 } },
  ]);
  await ensureIndexes(systems, [{ name: 'code', key: { code: 1 } }]);
  await ensureIndexes(assertions, [{ name: 'age', key: { at: 1 } }]);
}

/** Of sign-ins, sessions, jumps and what is counted of them. */
async function ensureSessionIndexes(collections: AccessCollections): Promise<void> {
  const { sessions, signIns, jumps, once, lookUps } = collections;
  await ensureIndexes(sessions, [
    { name: 'user', key: { cvr: 1, subject: 1 } },
    { name: 'provider', key: { 'from.provider': 1, 'from.nameId': 1 } },
    { name: 'browser', key: { browser: 1 } },
    { name: 'age', key: { startedAt: 1 } },
  ]);
  await ensureIndexes(signIns, [
    { name: 'age', key: { until: 1 } },
    { name: 'browser', key: { browser: 1 } },
  ]);
  await ensureIndexes(jumps, [
    { name: 'age', key: { until: 1 } },
    { name: 'jump', key: { jump: 1 } },
  ]);
  await ensureIndexes(once, [{ name: 'age', key: { until: 1 } }]);
  await ensureIndexes(lookUps, [{ name: 'age', key: { until: 1 } }]);
}

/** Of what decides who sees what. */
async function ensureRightsIndexes(collections: AccessCollections): Promise<void> {
  const { governed, users, lifts, simulations } = collections;
  await ensureIndexes(governed, [
    { name: 'authority', key: { cvr: 1, kind: 1, key: 1 }, unique: true },
    { name: 'key', key: { key: 1, kind: 1 } },
  ]);
  await ensureIndexes(users, [
    { name: 'role', key: { cvr: 1, jobFunctionRoles: 1 } },
    { name: 'unit', key: { cvr: 1, unit: 1 } },
    { name: 'person', key: { personId: 1 } },
  ]);
  await ensureIndexes(
    lifts,
    [
      { name: 'subject', key: { cvr: 1, subject: 1, to: 1 } },
      { name: 'newest', key: { cvr: 1, from: -1, _id: 1 } },
      // Few are not reviewed yet, among all that ever were.
      {
        name: 'open',
        key: { cvr: 1, from: -1, _id: 1 },
        partialFilterExpression: { review: { $in: [null] } },
      },
    ],
    ['queue'],
  );
  await ensureIndexes(simulations, [{ name: 'age', key: { at: 1 } }]);
}
