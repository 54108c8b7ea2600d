import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keyOf } from './stub-key.js';

/** Every subgraph, at a path of its own: answers the bytes that were recorded for a query, and knows nothing else. */
const recorded = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Record<string, string>;
const answers = new Map(Object.entries(recorded).map(([key, text]) => [key, Buffer.from(text)]));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const subgraph = request.url!.slice(1);
    const answer = answers.get(keyOf(subgraph, parsed(Buffer.concat(chunks))));
    response.setHeader('content-type', 'application/json');
    if (answer) response.end(answer);
    else response.writeHead(404).end('{"errors":[{"message":"nothing recorded"}]}');
  });
});

function parsed(bytes: Buffer): Parameters<typeof keyOf>[1] {
  return bytes.length === 0 ? {} : (JSON.parse(bytes.toString()) as Parameters<typeof keyOf>[1]);
}

server.listen(0, '127.0.0.1', () =>
  console.log(`answers at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
