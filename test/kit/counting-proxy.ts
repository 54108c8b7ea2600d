import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A plain way through to a server that counts the connections that go through it. */
export interface CountingProxy {
  /** The address of the server with the proxy's host and port. */
  readonly url: string;
  readonly made: () => number;
  readonly open: () => number;
  /** Ends every connection at once, as a broken line does. */
  cut(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @param target the address of the server, with its port */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let made = 0;
  const server = createServer((socket) => {
    made++;
    sockets.add(socket);
    const onward = connect(Number(port), hostname);
    const end = (): void => {
      sockets.delete(socket);
      socket.destroy();
      onward.destroy();
    };
    for (const side of [socket, onward]) side.on('error', end).on('close', end);
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    made: () => made,
    open: () => sockets.size,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
