import { randomUUID } from 'node:crypto';
import type { OpenStore } from '../../store/open.js';
import {
  type Installation,
  readInstallation,
} from '../../subgraphs/access/installation/read-installation.js';
import { SET_UP_BY } from '../../subgraphs/access/installation/set-up-by.js';
import { auditCollections } from '../../subgraphs/shared/audit/mongo-sink.js';
import {
  referenceCollection,
  type ReferenceRecord,
} from '../../subgraphs/shared/reference/reference-copy.js';
import { keysOfKind } from '../../subgraphs/shared/reference/reference-copy.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import { createLogger } from '../../subgraphs/shared/settings/logger.js';
import { modeOf, productionDemands } from '../mode.js';
import type { GatewaySettings } from '../settings.js';
import { anchorFileOf, openAudit } from '../wiring/audit.js';
import { buildSubgraphIndexes } from '../wiring/indexes.js';
import { ingestPorts } from '../wiring/subgraphs.js';
import { applyPlan } from './apply.js';
import { checkFile, type Wanted } from './check-file.js';
import { exportFile } from './export.js';
import type { SetupFile } from './file-shape.js';
import { type Plan, planOf } from './plan.js';
import { kleTopics } from './topics.js';

interface Planned {
  readonly plan: Plan;
  readonly wanted: Wanted;
  /** KLE topics the store does not have. */
  readonly topics: readonly ReferenceRecord[];
}

/** Compares a file with the store; stores nothing. @throws SetupFaults */
export async function planFile(file: SetupFile, store: OpenStore, now: Date): Promise<Planned> {
  const installation = await readInstallation(store.database('access'));
  const all = kleTopics();
  const numbers = new Set([...installation.kleNumbers, ...all.map(({ _id }) => _id.slice('kle:'.length))]);
  const wanted = checkFile(file, installation, [...numbers], now);
  const taken = await takenOver(
    store,
    installation,
    wanted.authorities.map(({ _id }) => _id),
  );
  const known = new Set(installation.kleNumbers.map((number) => `kle:${number}`));
  const topics = all.filter(({ _id }) => !known.has(_id));
  return { plan: planOf(wanted, installation, taken, now), wanted, topics };
}

/** Makes the store what a file says, all of it or, when it has a fault, nothing. @throws SetupFaults */
export async function setUp(
  file: SetupFile,
  {
    store,
    settings,
    now,
  }: { readonly store: OpenStore; readonly settings: GatewaySettings; readonly now: Date },
): Promise<Plan> {
  const key = await logKeyOf(settings);
  const { plan, wanted, topics } = await planFile(file, store, now);
  await buildSubgraphIndexes(store);
  const audit = await openAudit(
    store,
    {
      ...{ process: 'setup', key, trustedKeys: settings.AUDIT_VERIFY_KEYS },
      ...{ mongodbUri: settings.AUDIT_MONGODB_URI, anchorFile: anchorFileOf(settings) },
    },
    createLogger('setup', settings.LOG_LEVEL),
  );
  try {
    const parts = { access: store.database('access'), ports: ingestPorts(store), audit: audit.writer };
    await applyPlan(plan, wanted, topics, { ...parts, now, requestId: randomUUID() });
  } finally {
    await audit.close();
  }
  return plan;
}

/** @returns what the store is set up with, as a file */
export async function exportInstallation(store: OpenStore, now: Date): Promise<object> {
  const access = store.database('access');
  const references = await referenceCollection(access)
    .find({ _id: keysOfKind('authority') })
    .toArray();
  const names = references.flatMap((reference) =>
    'name' in reference ? [[reference._id.slice('authority:'.length), reference.name] as const] : [],
  );
  return exportFile(await readInstallation(access), new Map(names), now);
}

/** What is set up is in the log like every change of rights, so it takes the log's key. */
async function logKeyOf(settings: GatewaySettings) {
  const { AUDIT_SIGNING_KEY: key, DATA_DIR: dataDir } = settings;
  if (key) return key;
  if (modeOf(settings) === 'production')
    throw productionDemands(settings, [
      'AUDIT_SIGNING_KEY: required to set up; the set-up stands in the log',
    ]);
  return (await developmentKeys(dataDir)).audit;
}

/** Signing in and out changes nothing: a mapping that gives its first people nothing can still be mended from the file. */
const NO_WORK = ['signed-in', 'signed-out', 'sessions-ended'] as const;

/** @returns those authorities whose people have begun to work, or whose contents somebody else has approved */
async function takenOver(
  store: OpenStore,
  { governed }: Installation,
  cvrs: readonly string[],
): Promise<Set<string>> {
  const { entries } = auditCollections(store.database('audit'));
  const others = [...governed.values()].filter(({ versions }) =>
    versions.some(({ approvedBy }) => approvedBy !== SET_UP_BY.by),
  );
  const taken = new Set(others.map(({ cvr }) => cvr));
  for (const cvr of cvrs) {
    const work = {
      cvr,
      decision: 'PERMIT' as const,
      event: { $nin: NO_WORK },
      user: { $ne: SET_UP_BY.by },
    };
    if (await entries.findOne(work, { projection: { _id: 1 } })) taken.add(cvr);
  }
  return taken;
}
