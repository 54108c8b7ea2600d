import { existsSync } from 'node:fs';

/** Every program imports this first: what stands in `.env` of the folder it is started in counts where the environment says nothing. */
const FILE = '.env';

if (existsSync(FILE)) process.loadEnvFile(FILE);
