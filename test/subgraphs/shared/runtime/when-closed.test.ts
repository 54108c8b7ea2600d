import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { whenClosed } from '../../../../subgraphs/shared/runtime/when-closed.js';

/** Asks over a connection that is closed without waiting. @returns the answer's side of it, and when it has heard so */
async function leftAnswer() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [, raw] = (await once(server, 'request')) as [unknown, ServerResponse];
  const heard = once(raw, 'close');
  return {
    raw,
    leave: async () => {
      socket.destroy();
      await heard;
      server.close();
    },
  };
}

test('calls once when the connection closes, whoever listens before', async () => {
  const { raw, leave } = await leftAnswer();
  let calls = 0;
  whenClosed({ raw }, () => calls++);
  expect(calls).toBe(0);
  await leave();
  expect(calls).toBe(1);
});

test('calls at once when it has closed before', async () => {
  const { raw, leave } = await leftAnswer();
  await leave();
  let calls = 0;
  whenClosed({ raw }, () => calls++);
  expect(calls).toBe(1);
});
