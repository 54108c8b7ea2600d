import { z } from 'zod';
import { providerShape } from '../../gateway/saml/provider.js';
import { uuidShape } from '../../subgraphs/shared/scalars/uuid.js';

/** A text of so many digits. YAML reads bare digits as a number: the rule says how they become a text. */
const digits = (count: number) =>
  z.custom<string>(
    (value) => typeof value === 'string' && value.length === count && /^\d+$/.test(value),
    `${count} digits, in quotes`,
  );

const text = z.string();
const MAX = 1000;

const grant = z.strictObject({
  role: text,
  kle: z.array(text).optional(),
  sensitivity: z.enum(['NOT_CONFIDENTIAL', 'CONFIDENTIAL', 'SENSITIVE', 'SPECIALLY_PROTECTED']).optional(),
  units: z.array(text).optional(),
  systems: z.array(text).optional(),
  parametric: z.array(z.enum(['KLE', 'SENSITIVITY', 'UNIT'])).optional(),
});

const time = z.iso.datetime({ offset: true, error: 'a time with its offset, as 2027-01-31T12:00:00Z' });

const mapping = z.strictObject({
  uri: text,
  name: text,
  description: text.optional(),
  grants: z.array(grant).max(100),
  validFrom: time.optional(),
  validTo: time.optional(),
  caseNumber: text.optional(),
});

const agreement = z.strictObject({
  source: text,
  name: text,
  kinds: z.array(text),
  read: z.boolean().optional(),
  deliver: z.boolean().optional(),
  kle: z.array(text),
  sensitivity: grant.shape.sensitivity.unwrap(),
  crossAuthority: z.boolean().optional(),
  staleAfterHours: z.number(),
});

const section = z.enum([
  'ADDRESS',
  'FAMILY',
  'HOUSEHOLD',
  'REMARKS',
  'CASES',
  'CONTROL_CASES',
  'DOCUMENTS',
  'BENEFITS',
  'ALERTS',
]);
const related = z.enum(['REFUSE', 'ALARM']);

/** What is left out stays as it is; for an authority that begins, the careful choice. */
const settings = z
  .strictObject({
    sectionsOff: z.array(section),
    remarkTypes: z.array(text),
    noteHeadings: z.array(text),
    highAssuranceRoles: z.array(text),
    liftMinutes: z.number(),
    liftsPerDay: z.number(),
    reviewDays: z.number(),
    lookUpsPerHour: z.number(),
    sessionIdleMinutes: z.number(),
    sessionHours: z.number(),
    ownRecord: related,
    kin: related,
    colleagues: related,
    testPersons: z.array(text),
  })
  .partial();

const authority = z.strictObject({
  cvr: digits(8),
  name: text.min(1).max(255),
  municipalityCode: digits(4).optional(),
  domain: text
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain name in lower case, as korsbaek.example')
    .optional(),
  identityProviders: z
    .array(providerShape.omit({ cvr: true }))
    .max(20)
    .optional(),
  mappings: z.array(mapping).max(MAX).optional(),
  agreements: z.array(agreement).max(MAX).optional(),
  jumps: z
    .array(z.strictObject({ system: text, template: text }))
    .max(MAX)
    .optional(),
  settings: settings.optional(),
});

const publicJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: text,
  y: text,
  /** Its name, which the system's assertions bear. */
  kid: text.min(1).max(200),
  alg: z.literal('ES256').optional(),
  use: z.literal('sig').optional(),
});

const pem = z.strictObject({ kid: publicJwk.shape.kid, pem: text });

export const KEY_RULE = 'a public P-256 key: a JWK with kid, or { kid, pem }; never a private one';

const system = z.strictObject({
  id: uuidShape,
  code: text.regex(/^[A-Z][A-Z0-9_]{1,29}$/, 'a code of capital letters, digits and underscores'),
  name: text.min(1).max(255),
  /** Two during a change. */
  keys: z
    .array(z.union([publicJwk, pem], KEY_RULE))
    .min(1)
    .max(2),
  takesNotes: z.boolean().optional(),
});

/** What an installation is set up with, as its file says it. */
export const setupShape = z.strictObject({
  format: z.literal(1),
  authorities: z.array(authority).max(500),
  systems: z.array(system).max(MAX).optional(),
});

export type SetupFile = z.infer<typeof setupShape>;
export type AuthorityInFile = SetupFile['authorities'][number];
