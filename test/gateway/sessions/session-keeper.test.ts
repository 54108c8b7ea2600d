import { expect, test } from '@jest/globals';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { AccessTokens } from '../../../gateway/sessions/access-tokens.js';
import { SessionKeeper } from '../../../gateway/sessions/session-keeper.js';
import { accessIngest } from '../../../subgraphs/access/ingest/access-ingest.js';
import { Agent } from '../../kit/agent.js';
import { startTestStore } from '../../kit/store.js';

const WHO = {
  subject: 'user',
  cvr: '12345678',
  unit: null,
  personId: null,
  roles: [],
  assurance: 'SUBSTANTIAL' as const,
};
const FROM = { provider: 'p', nameId: 'n', nameIdFormat: 'f', sessionIndex: null };

test('a person that a jump has brought within reach can be opened at once, by every gateway', async () => {
  await using store = await startTestStore();
  const doors = accessIngest(store.client.db('access'));
  const now = () => new Date();
  const gateway = async (): Promise<FastifyInstance> => {
    const keeper = new SessionKeeper(new AccessTokens(Buffer.alloc(32, 7), now), doors, now);
    const app = Fastify();
    await app.register(cookie);
    app.get('/begin', async (_request, reply) => reply.send(await keeper.begin(reply, WHO, FROM, [])));
    app.get('/reach', async (request, reply) => {
      const answer = await keeper.callerOf(request);
      if ('caller' in answer) await keeper.reach(reply, answer.caller, 'person');
      return reply.send({});
    });
    app.get('/seen', async (request) => {
      const answer = await keeper.callerOf(request);
      return 'caller' in answer ? answer.caller.live.reach : answer;
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    return app;
  };
  const [first, other] = await Promise.all([gateway(), gateway()]);
  const agent = new Agent();
  const send = async (app: FastifyInstance, path: string): Promise<unknown> => {
    const { port } = app.server.address() as AddressInfo;
    // One name before both gateways, as a load balancer gives them.
    const url = `http://127.0.0.1:${port}${path}`;
    for (const [name, value] of agent.cookies('http://overblik')) agent.cookies(url).set(name, value);
    const answer = await (await agent.send(url)).text();
    for (const [name, value] of agent.cookies(url)) agent.cookies('http://overblik').set(name, value);
    return answer;
  };
  await send(first, '/begin');
  // Both have just looked at the session, and know it for as long as they may.
  expect([await send(first, '/seen'), await send(other, '/seen')]).toEqual(['[]', '[]']);
  await send(first, '/reach');
  expect(await send(other, '/seen')).toBe('["person"]');
  expect(await send(first, '/seen')).toBe('["person"]');
  await Promise.all([first.close(), other.close()]);
});
