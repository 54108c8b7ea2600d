import formbody from '@fastify/formbody';
import Fastify, { type FastifyReply } from 'fastify';
import { listenAt } from '../../../subgraphs/shared/settings/listen.js';
import { KORSBAEK } from '../../authorities.js';
import { SIGN_INS } from '../sign-ins.js';
import { type KsdCase, Overblik, type OverblikOptions } from './overblik.js';
import { casePage, listPage, messagePage } from './pages.js';

export interface KsdOptions extends OverblikOptions {
  /** The port the operator has named; undefined: 4100 when it is free, any other that is free otherwise. */
  readonly port: number | undefined;
}

/** Where the seeded jumps to KSD lead. */
export const USUAL_PORT = 4100;

interface JumpForm {
  readonly caseId?: string;
  readonly as?: string;
  readonly way?: string;
}

/** Starts the stand-in on `localhost`: another site than Overblik's, as in earnest. Refuses to exist in production. */
export async function startKsd(
  options: KsdOptions,
): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> {
  if (options.production) throw new Error('the KSD stand-in refuses production');
  const overblik = new Overblik(options);
  const app = Fastify();
  await app.register(formbody);
  const users = SIGN_INS.filter(({ cvr }) => cvr === KORSBAEK).map(({ name }) => name);
  app.get('/', async (_request, reply) => html(reply, listPage(await overblik.cases(), users)));
  app.get<{ Params: { caseId: string } }>('/sag/:caseId', async ({ params }, reply) => {
    const found = byId(await overblik.cases(), params.caseId);
    return html(reply, found ? casePage(found) : messagePage('Sagen findes ikke i KSD.'), found ? 200 : 404);
  });
  app.post<{ Body: JumpForm | undefined }>('/jump', async ({ body }, reply) => {
    const found = byId(await overblik.cases(), body?.caseId ?? '');
    const as = body?.as ?? '';
    if (!found || !users.includes(as)) return html(reply, messagePage('Vælg en sag og en bruger.'), 400);
    const jump = { cpr: found.cpr, caseId: found.id, as };
    const url = body?.way === 'link' ? await overblik.linkUrl(jump) : await overblik.ticketUrl(jump);
    return reply.header('referrer-policy', 'no-referrer').redirect(url, 303);
  });
  const { port } = await listenAt(app, {
    host: 'localhost',
    named: options.port,
    usual: USUAL_PORT,
    setting: 'KSD_PORT',
  });
  return { url: `http://localhost:${port}`, port, close: () => app.close() };
}

function byId(cases: readonly KsdCase[], id: string): KsdCase | undefined {
  return cases.find((ksdCase) => ksdCase.id === id);
}

function html(reply: FastifyReply, text: string, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}
