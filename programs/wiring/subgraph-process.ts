import type { z } from 'zod';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import { connectStore } from '../../store/connection.js';
import { storeSettingsShape } from '../../store/settings.js';
import { identityVerifier } from '../../subgraphs/shared/identity/signature.js';
import { subgraphServer } from '../../subgraphs/shared/runtime/http-server.js';
import {
  cursorKeySetting,
  developmentKeys,
  privateKeySetting,
  publicKey,
  publicKeysSetting,
} from '../../subgraphs/shared/settings/keys.js';
import { listenAt } from '../../subgraphs/shared/settings/listen.js';
import { createLogger, loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import { parseSettings, SettingsError } from '../../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from '../exit-on-failure.js';
import { modeOf, productionDemands } from '../mode.js';
import { gatewaySettingsShape, portSetting } from '../settings.js';
import { settingsInForce } from '../settings-in-force.js';
import { anchorFileOf, type AuditSettings, openAudit } from './audit.js';
import { type StartPart, startParts } from './parts.js';
import { SUBGRAPHS } from './subgraphs.js';
import { stopAtSignal } from './until-signal.js';

/** What one subgraph's process knows: the gateway's settings, with the store and the verifying keys compulsory. */
const shape = gatewaySettingsShape.extend({
  ...storeSettingsShape,
  AUDIT_SIGNING_KEY: privateKeySetting.optional(),
  CURSOR_KEY: cursorKeySetting.optional(),
  INTERNAL_VERIFY_KEYS: publicKeysSetting.optional(),
});

type Settings = z.infer<typeof shape>;

/** Runs one subgraph in a process of its own. Distributed mode always takes MONGODB_URI. */
export function runSubgraphProcess(name: SubgraphName): Promise<void> {
  return exitOnFailure(async () => {
    const settings = parseSettings(shape, process.env);
    console.log(settingsInForce(process.env));
    const { MONGODB_URI: uri } = settings;
    if (uri === undefined)
      throw new SettingsError([
        'MONGODB_URI: required when a subgraph runs alone (npm run store offers one)',
      ]);
    const keys = await keysOf(settings);
    const logger = createLogger(name, settings.LOG_LEVEL);
    const { parts, stop } = await startParts(
      (start) => startInOrder(start, { name, settings, uri, keys, logger }),
      (error, part) =>
        logger.error(
          { part, error: loggable(error) },
          'part did not stop: the process ends without it; read part and error',
        ),
    );
    stopAtSignal(stop);
    console.log(`Subgraph ${name} answers at ${parts.url}/graphql`);
  });
}

interface Given {
  readonly name: SubgraphName;
  readonly settings: Settings;
  /** Connection string of the store. */
  readonly uri: string;
  readonly keys: Awaited<ReturnType<typeof keysOf>>;
  readonly logger: Logger;
}

async function startInOrder(start: StartPart, { name, settings, uri, keys, logger }: Given) {
  const store = await start(
    'store',
    () => connectStore(uri, { databasePrefix: settings.MONGODB_DATABASE_PREFIX }),
    (open) => open.close(),
  );
  const audit = await start(
    'audit',
    () => openAudit(store, auditSettingsOf(name, settings, keys), logger),
    (open) => open.close(),
  );
  const subgraph = await SUBGRAPHS[name]({
    database: store.database(name),
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    audit: audit.writer,
    auditTrust: audit.trust,
    cursorKey: keys.cursor,
    verifyIdentity: identityVerifier(keys.verify),
    now: () => new Date(),
    onError: (error, requestId) =>
      logger.error(
        { requestId, error: loggable(error) },
        'subgraph failed: a part of the answer is missing; read error and check the store',
      ),
  });
  const app = await start(
    'server',
    () => subgraphServer(subgraph),
    (server) => server.close(),
  );
  const port = portOf(name, settings);
  const place = { host: settings.HOST, named: port, usual: port };
  return listenAt(app, { ...place, setting: `SUBGRAPH_${name.toUpperCase()}_PORT` });
}

function auditSettingsOf(name: SubgraphName, settings: Settings, keys: Given['keys']): AuditSettings {
  return {
    process: name,
    key: keys.audit,
    trustedKeys: settings.AUDIT_VERIFY_KEYS,
    mongodbUri: settings.AUDIT_MONGODB_URI,
    anchorFile: anchorFileOf(settings),
  };
}

async function keysOf(settings: Settings) {
  const { AUDIT_SIGNING_KEY: audit, CURSOR_KEY: cursor, INTERNAL_VERIFY_KEYS: verify } = settings;
  if (audit && cursor && verify) return { audit, cursor, verify };
  const missing = Object.entries({
    AUDIT_SIGNING_KEY: audit,
    CURSOR_KEY: cursor,
    INTERNAL_VERIFY_KEYS: verify,
  }).filter(([, value]) => !value);
  if (modeOf(settings) === 'production')
    throw productionDemands(
      settings,
      missing.map(([key]) => `${key}: required in production`),
    );
  const made = await developmentKeys(settings.DATA_DIR);
  return {
    audit: audit ?? made.audit,
    cursor: cursor ?? made.cursor,
    verify: verify ?? { keys: [publicKey(made.internal)] },
  };
}

function portOf(name: SubgraphName, settings: Settings): number {
  return settings[portSetting(name)];
}
