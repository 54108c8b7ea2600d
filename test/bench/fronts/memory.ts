import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The floor: the very bytes of an overview, from memory. */
const bytes = readFileSync(process.argv[2]!);
const server = createServer((request, response) => {
  request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(bytes));
});
server.listen(0, '127.0.0.1', () =>
  console.log(`answers at http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);
