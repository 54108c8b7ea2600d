import { afterEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { listenAt, type Listening } from '../../../../subgraphs/shared/settings/listen.js';
import { SettingsError } from '../../../../subgraphs/shared/settings/parse.js';
import { freePort } from '../../../kit/stack.js';

const open: { close(): unknown }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

/** Another program on a port: everywhere, or on one address. */
const occupy = (host: string, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server: Server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      open.push(server);
      resolve((server.address() as AddressInfo).port);
    });
  });
const at = async (named: number | undefined, usual: number): Promise<Listening> => {
  const app: FastifyInstance = Fastify();
  app.get('/', () => 'ours');
  open.push(app);
  return listenAt(app, { host: 'localhost', named, usual, setting: 'SOME_PORT' });
};
const answers = async (port: number) => (await fetch(`http://localhost:${port}/`)).text();

test('without a name the usual port is taken when it is free', async () => {
  const usual = await freePort();
  expect((await at(undefined, usual)).port).toBe(usual);
  expect(await answers(usual)).toBe('ours');
});

test.each(['127.0.0.1', '0.0.0.0'])(
  'without a name another port is taken when somebody is on the usual one (%s)',
  async (host) => {
    const usual = await occupy(host);
    const { port } = await at(undefined, usual);
    expect(port).not.toBe(usual);
    expect(await answers(port)).toBe('ours');
  },
);

test('two that begin with the same usual port stand beside each other', async () => {
  const usual = await freePort();
  const [first, two] = [await at(undefined, usual), await at(undefined, usual)];
  expect(first.port).toBe(usual);
  expect(two.port).not.toBe(usual);
});

test('a named port that is taken is refused by the name of its setting', async () => {
  const named = await occupy('127.0.0.1');
  await expect(at(named, 4200)).rejects.toThrow(SettingsError);
  await expect(at(named, 4200)).rejects.toThrow(`SOME_PORT: port ${named} is in use`);
});

test('0 is any free port, whatever the usual one is', async () => {
  const usual = await freePort();
  const { port } = await at(0, usual);
  expect(port).not.toBe(usual);
  expect(port).toBeGreaterThan(0);
});

test('whoever asks for localhost reaches us, also when somebody has the usual port on its other address', async () => {
  const usual = await occupy('::1').catch(() => freePort());
  const { port } = await at(undefined, usual);
  expect(await answers(port)).toBe('ours');
});
