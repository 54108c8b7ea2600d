import type { FastifyInstance } from 'fastify';
import { installJumpOut } from './jump-out-route.js';
import { installJumpSystems } from './jump-systems-route.js';
import { installOpen } from './open-route.js';
import type { ContextParts } from './parts.js';
import { installTickets } from './tickets-route.js';

/** Jumps between other systems and the overview, both ways. */
export function installContext(app: FastifyInstance, parts: ContextParts): void {
  installTickets(app, parts);
  installOpen(app, parts);
  installJumpSystems(app, parts);
  installJumpOut(app, parts);
  app.get('/context/v1/keys', () => ({ keys: parts.links ? [parts.links.publicKey] : [] }));
}
