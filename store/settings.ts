import { z } from 'zod';
import { DATABASE_PREFIX } from './connection.js';

export interface StoreSettings {
  /** Set: MongoDB answers. Unset: the embedded store in `dataDir`. Nothing else decides. */
  readonly mongodbUri: string | undefined;
  /** What the names of the databases in that MongoDB begin with. */
  readonly databasePrefix: string;
  readonly dataDir: string;
  readonly storeMaxMb: number;
  /** Milliseconds of its own work after which a search of the embedded store is logged. */
  readonly storeSlowMs: number;
  readonly production: boolean;
  /** Lets the embedded store run in production, by name. */
  readonly allowEmbeddedInProduction: boolean;
}

/** The settings of the store; part of every process's settings schema. */
export const storeSettingsShape = {
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  MONGODB_DATABASE_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'must be up to 40 letters, digits, _ and -')
    .default(DATABASE_PREFIX),
  DATA_DIR: z.string().min(1).default('./data'),
  STORE_MAX_MB: z.coerce.number().int().min(16).max(1_000_000).default(8192),
  STORE_SLOW_MS: z.coerce.number().int().min(1).max(600_000).default(250),
  STORE_EMBEDDED_IN_PRODUCTION: z.enum(['yes', 'no']).default('no'),
  OVERBLIK_MODE: z.enum(['development', 'production']).optional(),
  NODE_ENV: z.string().optional(),
};

export type Mode = 'development' | 'production';

/**
 * The mode the operator has stated. `NODE_ENV` is many programs' setting: it can say production, and nothing else, so that
 * it never opens anything.
 */
export function statedMode({
  OVERBLIK_MODE: mode,
  NODE_ENV: node,
}: Pick<StoreValues, 'OVERBLIK_MODE' | 'NODE_ENV'>): Mode | undefined {
  return mode ?? (node === 'production' ? 'production' : undefined);
}

type StoreValues = z.infer<z.ZodObject<typeof storeSettingsShape>>;

/** @returns the store's settings from parsed environment values. */
export function toStoreSettings(values: StoreValues): StoreSettings {
  return {
    mongodbUri: values.MONGODB_URI,
    databasePrefix: values.MONGODB_DATABASE_PREFIX,
    dataDir: values.DATA_DIR,
    storeMaxMb: values.STORE_MAX_MB,
    storeSlowMs: values.STORE_SLOW_MS,
    production: statedMode(values) === 'production',
    allowEmbeddedInProduction: values.STORE_EMBEDDED_IN_PRODUCTION === 'yes',
  };
}
