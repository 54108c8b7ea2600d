import { SettingsError } from '../subgraphs/shared/settings/parse.js';
import { plainFailure } from './plain-failure.js';
import { WorkerDidNotStart } from './wiring/workers/worker-did-not-start.js';

/** EX_CONFIG of sysexits.h: starting again changes nothing, the settings must be mended first. */
const WRONG_SETTINGS = 78;

/**
 * Runs `start`. Wrong settings are printed and end the process with 78, also in a worker; what an operator can mend is one line and ends it with 1,
 * as does any other failure.
 */
export async function exitOnFailure(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    // The worker has said why.
    if (error instanceof WorkerDidNotStart) process.exit(error.exitCode);
    const said = plainFailure(error);
    console.error(said instanceof SettingsError ? said.message : said);
    process.exit(said instanceof SettingsError ? WRONG_SETTINGS : 1);
  }
}
