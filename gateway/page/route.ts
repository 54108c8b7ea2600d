import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { attempt, type OnError } from '../http/attempt.js';
import { sendPage } from '../http/message-page.js';
import { NO_SIGN_IN, UNAVAILABLE } from '../http/messages.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import { PAGE_ADDRESSES } from './addresses.js';

export interface PageParts {
  readonly keeper: SessionKeeper;
  /** Whether there is a sign-in to send users to. */
  readonly hasSignIn: boolean;
  /** Origins a form may lead on to: signing out goes to the identity provider. */
  readonly formTargets: readonly string[];
  readonly onError: OnError;
}

/** Where the built page lies, seen from a build folder, from source and from another build folder. */
const PLACES = [['web'], ['dist', 'web'], ['..', 'dist', 'web']];

function builtPage(): string {
  const places = PLACES.map((place) => join(import.meta.dirname, '..', '..', ...place));
  const built = places.find((place) => existsSync(join(place, 'assets')));
  if (built === undefined) throw new Error('the page is not built; run npm run build');
  return built;
}

const BEHIND_SIGN_IN = Object.entries(PAGE_ADDRESSES).flatMap(([path, page]) =>
  'open' in page ? [] : [path],
);

/**
 * Serves the caseworker's page from the gateway's own origin. It holds no data: everything it shows it asks for by `/graphql` under the
 * user's session. Whoever is not signed in is sent to the sign-in and comes back to the page that was asked for.
 */
export async function installPage(app: FastifyInstance, parts: PageParts): Promise<void> {
  const built = builtPage();
  const html = (name: string): string => readFileSync(join(built, name), 'utf8');
  const [index, renewed] = [html('index.html'), html('renewed.html')];
  const helmet = { contentSecurityPolicy: { useDefaults: false, directives: policy(parts.formTargets) } };
  const show = (reply: FastifyReply, page: string): FastifyReply =>
    reply.type('text/html; charset=utf-8').send(page);
  // Names of assets change with their content: a browser asks for each once.
  await app.register(fastifyStatic, {
    root: join(built, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    preCompressed: true,
    maxAge: '365d',
  });
  app.get('/', { helmet }, (_request, reply) => show(reply, index));
  app.get('/session/renewed', { helmet }, (_request, reply) => show(reply, renewed));
  for (const path of BEHIND_SIGN_IN)
    app.get(path, { helmet }, (request, reply) =>
      attempt({ onError: parts.onError, failed: UNAVAILABLE }, reply, async () => {
        if ('caller' in (await parts.keeper.callerOf(request))) return show(reply, index);
        if (!parts.hasSignIn) return sendPage(reply, NO_SIGN_IN);
        return reply.redirect(`/saml/login?${new URLSearchParams({ return: request.url })}`, 303);
      }),
    );
}

/** Nothing inline, nothing from elsewhere. */
function policy(formTargets: readonly string[]): Record<string, string[]> {
  const own = ["'self'"];
  return {
    'default-src': ["'none'"],
    'script-src': own,
    'style-src': own,
    'img-src': own,
    'font-src': own,
    'connect-src': own,
    'base-uri': ["'none'"],
    'form-action': [...own, ...formTargets],
    'frame-ancestors': ["'none'"],
  };
}
