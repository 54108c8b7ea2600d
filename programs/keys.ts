import { randomBytes } from 'node:crypto';
import { newKey, publicKey } from '../subgraphs/shared/settings/keys.js';

/** `npm run keys`: prints a fresh set of secrets as settings, for a production installation. */
const [internal, audit] = await Promise.all([newKey(), newKey()]);
console.log(`INTERNAL_SIGNING_KEY=${JSON.stringify(internal)}`);
console.log(`INTERNAL_VERIFY_KEYS=${JSON.stringify({ keys: [publicKey(internal)] })}`);
console.log(`AUDIT_SIGNING_KEY=${JSON.stringify(audit)}`);
console.log(`CURSOR_KEY=${randomBytes(32).toString('base64url')}`);
