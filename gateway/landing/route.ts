import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ERROR_CATALOGUE, isErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import { isPurpose } from '../../subgraphs/shared/policy/purposes.js';
import { sendPage } from '../pages/message-page.js';
import type { SessionCaller, SessionKeeper } from '../sessions/session-keeper.js';
import { userWord } from '../sessions/user-word.js';
import { installAssets } from './assets.js';
import { RENEWED_PAGE, landingPage, type LandingAnswer } from './page.js';
import { LANDING_QUERY, landingShape } from './query.js';

/** Runs an operation for a caller, as `POST /graphql` would. */
export type RunOperation = (operation: {
  readonly facts: TokenFacts;
  readonly requestId: string;
  readonly purpose: string | null;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}) => Promise<unknown>;

export interface LandingParts {
  readonly keeper: SessionKeeper;
  readonly run: RunOperation;
  /** Id of the stored operation that writes a note. */
  readonly writeNote: string;
  readonly onError: (error: unknown, requestId: string) => void;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CODE = /^[A-Z][A-Z0-9_]{1,29}$/;

interface Landing {
  Params: { id: string };
  Querystring: Record<string, unknown>;
}

/**
 * `GET /citizens/ID`: the person a jump or a sign-in leads to, with the case opened. Until the caseworker's page takes its
 * place it is written here, from the same operations, under the caller's own session.
 */
export function installLanding(app: FastifyInstance, parts: LandingParts): void {
  installAssets(app);
  app.get('/session/renewed', (_request, reply) => reply.type('text/html; charset=utf-8').send(RENEWED_PAGE));
  app.get<Landing>('/citizens/:id', async (request, reply) => {
    const requestId = randomUUID();
    try {
      const answer = await parts.keeper.callerOf(request);
      if (!('caller' in answer))
        return await reply.redirect(`/saml/login?${new URLSearchParams({ return: request.url })}`, 303);
      return await show(parts, answer.caller, request, reply, requestId);
    } catch (error) {
      parts.onError(error, requestId);
      return sendPage(reply, { ...UNAVAILABLE, requestId });
    }
  });
}

async function show(
  { run, writeNote }: LandingParts,
  { facts }: SessionCaller,
  request: FastifyRequest<Landing>,
  reply: FastifyReply,
  requestId: string,
): Promise<FastifyReply> {
  const { id } = request.params;
  const { case: caseId, from, purpose } = request.query;
  if (!UUID.test(id)) return sendPage(reply, { ...NOBODY, requestId });
  const body = answerShape.parse(
    await run({
      facts,
      requestId,
      purpose: typeof purpose === 'string' && isPurpose(purpose) ? purpose : null,
      query: LANDING_QUERY,
      variables: {
        id,
        caseId: typeof caseId === 'string' && UUID.test(caseId) ? caseId : id,
        withCase: typeof caseId === 'string',
      },
    }),
  );
  if (!body.data) return sendPage(reply, { ...refusalOf(body.errors?.[0]?.extensions.code), requestId });
  const data: LandingAnswer = landingShape.parse(body.data);
  if (!data.citizen) return sendPage(reply, { ...NOBODY, requestId });
  const source = typeof from === 'string' && CODE.test(from) ? from : null;
  return reply
    .type('text/html; charset=utf-8')
    .send(landingPage(data, source, { authority: facts.cvr, user: userWord(facts), writeNote }));
}

const answerShape = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
});

const UNAVAILABLE = {
  status: 503,
  title: 'Siden kan ikke vises lige nu',
  text: 'Prøv igen om lidt.',
  english: 'The page cannot be shown right now. Try again shortly.',
} as const;

/** A person out of reach and one who is not there are told the same. */
const NOBODY = {
  status: 404,
  title: 'Borgeren kan ikke vises',
  text: 'Borgeren findes ikke, eller du har ikke adgang.',
  english: 'There is no such person, or you have no access.',
} as const;

function refusalOf(code: string | undefined) {
  if (!isErrorCode(code)) return UNAVAILABLE;
  const { status, text } = ERROR_CATALOGUE[code];
  return { ...UNAVAILABLE, status, text: text.da, english: text.en };
}
