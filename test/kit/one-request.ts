import cookie from '@fastify/cookie';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A cookie as a server wrote it. */
interface WrittenCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly sameSite?: string;
  readonly maxAge?: number;
  readonly expires?: Date;
  readonly httpOnly?: true;
  readonly secure?: true;
}

export interface OneRequest {
  readonly cookies?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends one request to a server of its own that answers by `act`.
 * @returns what `act` returned, and the cookies that were written; throws what it threw
 */
export async function oneRequest<T>(
  { cookies = {}, headers = {} }: OneRequest,
  act: (request: FastifyRequest, reply: FastifyReply) => T | Promise<T>,
): Promise<{ readonly answer: T; readonly written: readonly WrittenCookie[] }> {
  const app = Fastify();
  await app.register(cookie);
  const answers: (() => T)[] = [];
  app.get('/', async (request, reply) => {
    try {
      const answer = await act(request, reply);
      answers.push(() => answer);
    } catch (error) {
      answers.push(() => {
        throw error;
      });
    }
    return reply.send('');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const sent = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const lines = await new Promise<readonly string[]>((resolve, reject) => {
    const all = { ...headers, ...(sent.length > 0 && { cookie: sent.join('; ') }) };
    get({ host: '127.0.0.1', port, headers: all, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.headers['set-cookie'] ?? []));
    }).on('error', reject);
  });
  await app.close();
  return { answer: answers[0]!(), written: lines.map(readLine) };
}

function readLine(line: string): WrittenCookie {
  const [pair, ...attributes] = line.split('; ');
  const [name, value] = splitAt(pair!);
  const given = Object.fromEntries(attributes.map(splitAt));
  return {
    name,
    value: decodeURIComponent(value),
    ...('Path' in given && { path: given['Path'] }),
    ...('SameSite' in given && { sameSite: given['SameSite'] }),
    ...('Max-Age' in given && { maxAge: Number(given['Max-Age']) }),
    ...('Expires' in given && { expires: new Date(given['Expires']) }),
    ...('HttpOnly' in given && { httpOnly: true }),
    ...('Secure' in given && { secure: true }),
  };
}

function splitAt(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
