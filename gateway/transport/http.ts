import type { ExecutionResult } from 'graphql';
import { Agent, type Dispatcher, request } from 'undici';
import { z } from 'zod';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import { systemCode } from '../../subgraphs/shared/errors/system-code.js';
import type { SignIdentity } from '../../subgraphs/shared/identity/signature.js';
import { SubgraphFailure, type SubgraphTransport } from './transport.js';

/** Largest answer taken from a subgraph. */
const MAX_ANSWER_BYTES = 8 << 20;

const answerShape = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullable().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});

/** Connection faults that a keep-alive race causes; a query may be sent once more, nothing else. */
const RETRIABLE = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * @returns a transport over HTTP with a keep-alive pool. Redirects are not followed, the size of an answer is limited
 * while reading, and nothing of the other side's headers or body passes but GraphQL data and errors.
 */
export function httpTransport(name: SubgraphName, url: string, sign: SignIdentity): SubgraphTransport {
  // The pool gives a connection up before the server does (its keep-alive is 30 s), so idle ones do not race.
  const agent = new Agent({ connections: 32, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 20_000 });
  const ingestUrl = new URL('/internal/ingest/v1', url).href;
  const post = async (text: string, signal: AbortSignal, to = url): Promise<Dispatcher.ResponseData> => {
    const send = () =>
      request(to, {
        method: 'POST',
        body: text,
        signal,
        dispatcher: agent,
        headers: { 'content-type': 'application/json' },
      });
    try {
      return await send();
    } catch (error) {
      // A subgraph refuses a replayed identity, so a call that did arrive is not run twice.
      if (RETRIABLE.has(systemCode(error) ?? '')) return send();
      throw error;
    }
  };
  return {
    name,
    async execute(body, identity, signal) {
      const { query, operationName, variables } = body;
      const extensions = { identity: await sign(identity) };
      const text = JSON.stringify({ query, operationName, variables, extensions });
      return readAnswer(name, await reach(name, () => post(text, signal)));
    },
    async ingest(method, args, identity, signal) {
      const text = JSON.stringify({ method, args, identity: await sign(identity) });
      const response = await reach(name, () => post(text, signal, ingestUrl));
      return readIngested(name, await readBody(name, response));
    },
    close: () => agent.close(),
  };
}

async function reach<T>(name: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch {
    // Addresses and system texts stay here.
    throw new SubgraphFailure(name, 'unreachable');
  }
}

async function readAnswer(name: string, response: Dispatcher.ResponseData): Promise<ExecutionResult> {
  return parseAnswer(name, await readBody(name, response));
}

async function readBody(name: string, response: Dispatcher.ResponseData): Promise<Buffer> {
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new SubgraphFailure(name, 'status');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  await reach(name, async () => {
    const received: AsyncIterable<Buffer> = response.body;
    for await (const chunk of received) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) break;
      chunks.push(chunk);
    }
  });
  if (size > MAX_ANSWER_BYTES) throw new SubgraphFailure(name, 'too-large');
  return Buffer.concat(chunks);
}

function readIngested(name: string, bytes: Buffer): string {
  try {
    return z.object({ result: z.string() }).parse(JSON.parse(bytes.toString('utf8'))).result;
  } catch {
    throw new SubgraphFailure(name, 'malformed');
  }
}

function parseAnswer(name: string, bytes: Buffer): ExecutionResult {
  try {
    const answer = answerShape.parse(JSON.parse(bytes.toString('utf8')));
    if (answer.data === undefined && answer.errors === undefined) throw new Error('neither data nor errors');
    // cast: of an error the place and the extensions count, and both are looked at where they are read
    return answer as unknown as ExecutionResult;
  } catch {
    throw new SubgraphFailure(name, 'malformed');
  }
}
