import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenOptions, type OpenStore, openStore } from '../store/open.js';
import { type StoreSettings, toStoreSettings } from '../store/settings.js';
import { systemCode } from '../subgraphs/shared/errors/system-code.js';
import { SettingsError } from '../subgraphs/shared/settings/parse.js';

type StoreValues = Parameters<typeof toStoreSettings>[0];

/**
 * Opens the store a program's settings name.
 * @throws SettingsError when its data folder cannot be written to, or production has none
 */
export function openProgramStore(
  values: StoreValues,
  onError: (error: Error) => void,
  options?: OpenOptions,
): Promise<OpenStore> {
  return openStore(programStoreSettings(values), onError, options);
}

/** @returns the store's settings, with the data folder of an embedded store made and tried */
export function programStoreSettings(values: StoreValues): StoreSettings {
  const settings = toStoreSettings(values);
  const { mongodbUri, dataDir, production, allowEmbeddedInProduction } = settings;
  if (mongodbUri !== undefined) return settings;
  if (production && !allowEmbeddedInProduction)
    throw new SettingsError(['MONGODB_URI: required in production, or STORE_EMBEDDED_IN_PRODUCTION=yes']);
  requireWritable(dataDir);
  return settings;
}

/** Only writing tells: rights, a read-only mount and a full disk all end here, with a line instead of a wait. */
function requireWritable(directory: string): void {
  const trial = join(directory, `.trial-${process.pid}`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(trial, '', { flag: 'wx', mode: 0o600 });
    rmSync(trial);
  } catch (error) {
    const why = systemCode(error) ?? 'unknown';
    throw new SettingsError([`DATA_DIR: the folder cannot be written to (${why})`]);
  }
}
