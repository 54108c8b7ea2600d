import { ownValue } from '../subgraphs/shared/names/own-value.js';
import { gatewaySettingsShape } from './settings.js';

/** Settings whose value is no secret and holds none. */
const PLAIN = [
  ...[
    'OVERBLIK_MODE',
    'NODE_ENV',
    'HOST',
    'PORT',
    'OPERATIONS_HOST',
    'OPERATIONS_PORT',
    'WORKERS',
    'LOG_LEVEL',
    'DATA_DIR',
  ],
  ...[
    'STORE_MAX_MB',
    'STORE_SLOW_MS',
    'STORE_EMBEDDED_IN_PRODUCTION',
    'PUBLIC_URL',
    'SAML_CLOCK_SKEW_SECONDS',
    'JUMP_HOSTS',
  ],
  ...[
    'SAML_DEVELOPMENT_PORT',
    'TOKEN_AUDIENCE',
    'FEED_AUDIENCE',
    'TRUSTED_PROXIES',
    'ADDRESS_REQUESTS_PER_MINUTE',
  ],
  ...[
    'SYSTEM_REQUESTS_PER_MINUTE',
    'OPERATIONS_AT_ONCE',
    'GRAPHQL_OPERATIONS',
    'SUBGRAPH_TIMEOUT_MS',
    'AUDIT_ANCHOR_FILE',
    'SEED_CITIZENS',
  ],
];

/**
 * @param environment what a program was started with
 * @returns one line with every setting that was given; of those that hold or may hold a secret, that they were
 */
export function settingsInForce(environment: NodeJS.ProcessEnv): string {
  const given = Object.keys(gatewaySettingsShape.shape).flatMap((name) => {
    const value = ownValue(environment, name);
    if (ownValue(environment, `${name}_FILE`)) return [`${name} (from a file)`];
    if (value === undefined || value === '') return [];
    const isPlain = PLAIN.includes(name) || /^SUBGRAPH_[A-Z]+_PORT$/.test(name);
    return [isPlain ? `${name}=${value}` : `${name} (set)`];
  });
  return given.length === 0
    ? 'Settings: all as in .env.example'
    : `Settings: ${given.join(', ')}; all others as in .env.example`;
}
