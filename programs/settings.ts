import { createPrivateKey, createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { TOKEN_ALGORITHMS } from '../gateway/auth/bearer.js';
import { providerShape } from '../gateway/saml/provider.js';
import { OPERATIONS_ALLOWED } from '../gateway/stored-operations.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../schema/subgraph-names.js';
import { storeSettingsShape } from '../store/settings.js';
import { inCapitals, recordOf } from '../subgraphs/shared/names/known-names.js';
import { cursorKeySetting, logKeysSetting, privateKeySetting } from '../subgraphs/shared/settings/keys.js';

const port = z.coerce.number().int().min(0).max(65_535);

const issuer = z.strictObject({
  issuer: z.string().min(1),
  jwksUrl: z.url(),
  /** Signatures its tokens may bear; no other, and never one that is keyed with a secret. */
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1).default(['ES256']),
  /** The authorities it speaks for. */
  cvrs: z
    .array(z.string().regex(/^\d{8}$/))
    .min(1)
    .max(200),
});

const issuers = z.string().transform((text, context) => {
  try {
    return z.array(issuer).parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: `must be a JSON array of { issuer, jwksUrl, cvrs, algorithms? }: cvrs names the authorities the issuer speaks for (8 digits each, at least one), algorithms are of ${TOKEN_ALGORITHMS.join(', ')}`,
    });
    return z.NEVER;
  }
});

/** @returns the name of the setting with the port of a subgraph */
export const portSetting = (name: SubgraphName) => `SUBGRAPH_${inCapitals(name)}_PORT` as const;
const urlSetting = (name: SubgraphName) => `SUBGRAPH_${inCapitals(name)}_URL` as const;

const urls = recordOf(SUBGRAPH_NAMES.map(urlSetting), () => z.url().optional());
const ports = recordOf(SUBGRAPH_NAMES.map(portSetting), (_name, i) => port.default(4001 + i));

const providers = z.string().transform((text, context) => {
  try {
    return z.array(providerShape).parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message:
        'must be a JSON array of { name, entityId, ssoUrl, sloUrl?, cvr, delegated?, certificates }, each certificate PEM that can be read',
    });
    return z.NEVER;
  }
});

/** A key or certificate as PEM text; `\n` may stand for its line breaks. */
const pem = (kind: 'PRIVATE KEY' | 'CERTIFICATE') =>
  z
    .string()
    .transform((text) => text.replaceAll(String.raw`\n`, '\n').trim())
    .refine((text) => isPem(kind, text), `must be a PEM ${kind.toLowerCase()} that can be read`);

/** One that cannot be read is found when the settings are, and not by the first who signs in. */
function isPem(kind: string, text: string): boolean {
  if (!text.startsWith(`-----BEGIN ${kind}`)) return false;
  try {
    if (kind === 'CERTIFICATE') createPublicKey(text);
    else createPrivateKey(text);
    return true;
  } catch {
    return false;
  }
}

const hosts = z.string().transform((text) =>
  text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== ''),
);

/** Whether a text names an address, or a network that is not the whole internet. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || more.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128);
}

const proxies = hosts.refine((all) => all.every(isNetwork), {
  message: 'must be IP addresses or networks (10.0.0.0/8), separated by commas',
});

const perMinute = z.coerce.number().int().min(1).max(10_000_000);

/** Processes of one gateway; each holds what a gateway holds in memory. */
const MOST_WORKERS = 64;

const workers = z
  .string()
  .refine(
    (text) =>
      text === 'auto' || (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_WORKERS),
    {
      message: `must be a whole number from 1 to ${MOST_WORKERS}, or auto`,
    },
  )
  .transform((text) => (text === 'auto' ? Math.min(availableParallelism(), MOST_WORKERS) : Number(text)));

/** Where operations answer unless OPERATIONS_PORT names another port. */
export const USUAL_OPERATIONS_PORT = 4090;

/** Every setting of the gateway and of the all-in-one process. Held equal to .env.example by a test. */
export const gatewaySettingsShape = z.object({
  ...storeSettingsShape,
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  OPERATIONS_HOST: z.string().min(1).default('127.0.0.1'),
  OPERATIONS_PORT: port.optional(),
  WORKERS: workers.default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  TRUSTED_ISSUERS: issuers.default([]),
  TOKEN_AUDIENCE: z.string().min(1).default('overblik'),
  FEED_AUDIENCE: z.string().min(1).default('overblik-feed'),
  PUBLIC_URL: z
    .url()
    .transform((url) => new URL(url).origin)
    .optional(),
  SAML_PROVIDERS: providers.default([]),
  SAML_KEY: pem('PRIVATE KEY').optional(),
  SAML_CERTIFICATE: pem('CERTIFICATE').optional(),
  SAML_CLOCK_SKEW_SECONDS: z.coerce.number().int().min(0).max(300).default(30),
  SAML_DEVELOPMENT_PORT: port.optional(),
  LINK_KEY: privateKeySetting.optional(),
  JUMP_HOSTS: hosts.default(['localhost:4100']),
  AMQP_URL: z
    .string()
    .regex(/^amqps?:\/\//, 'amqp://… or amqps://…')
    .optional(),
  TRUSTED_PROXIES: proxies.default([]),
  ADDRESS_REQUESTS_PER_MINUTE: perMinute.default(6000),
  SYSTEM_REQUESTS_PER_MINUTE: perMinute.default(12_000),
  OPERATIONS_AT_ONCE: z.coerce.number().int().min(1).max(10_000).default(100),
  GRAPHQL_OPERATIONS: z.enum(OPERATIONS_ALLOWED).optional(),
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(3000),
  ...urls,
  ...ports,
  INTERNAL_SIGNING_KEY: privateKeySetting.optional(),
  INTERNAL_VERIFY_KEYS: z.string().optional(),
  AUDIT_SIGNING_KEY: privateKeySetting.optional(),
  AUDIT_VERIFY_KEYS: logKeysSetting.optional(),
  AUDIT_NEXT_KEY: privateKeySetting.optional(),
  AUDIT_MONGODB_URI: z.string().optional(),
  AUDIT_ANCHOR_FILE: z.string().optional(),
  CURSOR_KEY: cursorKeySetting.optional(),
  SEED_CITIZENS: z.coerce.number().int().min(0).max(1_000_000).default(2000),
});

export type GatewaySettings = z.infer<typeof gatewaySettingsShape>;

/** @returns the addresses of subgraphs that run as processes of their own. */
export function subgraphUrls(
  settings: Pick<GatewaySettings, keyof typeof urls>,
): Partial<Record<SubgraphName, string>> {
  return Object.fromEntries(
    SUBGRAPH_NAMES.flatMap((name) => {
      const url = settings[urlSetting(name)];
      return url === undefined ? [] : [[name, url]];
    }),
  );
}

/** @returns each demand of production that the settings do not meet; development makes its own secrets in DATA_DIR. */
export function productionProblems(settings: GatewaySettings): string[] {
  return [...secretProblems(settings), ...signInProblems(settings, 0)];
}

/** @returns what production needs before it opens its store */
export function secretProblems(settings: GatewaySettings): string[] {
  const needed = ['INTERNAL_SIGNING_KEY', 'AUDIT_SIGNING_KEY', 'CURSOR_KEY'] as const;
  return [
    ...(settings.MONGODB_URI === undefined && settings.STORE_EMBEDDED_IN_PRODUCTION === 'no'
      ? ['MONGODB_URI: required in production, or STORE_EMBEDDED_IN_PRODUCTION=yes']
      : []),
    ...needed.filter((name) => settings[name] === undefined).map((name) => `${name}: required in production`),
  ];
}

/** @param stored identity providers that were set up (npm run setup) @returns what production needs for anybody to sign in */
export function signInProblems(settings: GatewaySettings, stored: number): string[] {
  const providers = settings.SAML_PROVIDERS.length + stored;
  const saml = ['PUBLIC_URL', 'SAML_KEY', 'SAML_CERTIFICATE'] as const;
  return [
    ...(providers === 0 ? [] : saml)
      .filter((name) => settings[name] === undefined)
      .map((name) => `${name}: required in production with identity providers`),
    ...(settings.TRUSTED_ISSUERS.length + providers === 0
      ? [
          'TRUSTED_ISSUERS: at least one issuer is required in production, here, in SAML_PROVIDERS or by npm run setup',
        ]
      : []),
  ];
}
