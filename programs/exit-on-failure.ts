import { SettingsError } from '../subgraphs/shared/settings/parse.js';
import { plainFailure } from './plain-failure.js';

/** EX_CONFIG of sysexits.h: starting again changes nothing, the settings must be mended first. */
const WRONG_SETTINGS = 78;

/**
 * Runs `start`. Wrong settings are printed and end the process with 78; what an operator can mend is one line and ends it with 1,
 * as does any other failure.
 */
export async function exitOnFailure(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const said = plainFailure(error);
    console.error(said instanceof SettingsError ? said.message : said);
    process.exit(said instanceof SettingsError ? WRONG_SETTINGS : 1);
  }
}
