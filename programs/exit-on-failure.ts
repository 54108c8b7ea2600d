import { SettingsError } from '../subgraphs/shared/settings/parse.js';

/** Runs `start`; settings errors are printed and end the process with 1, as does any other failure. */
export async function exitOnFailure(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
}
