import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { systemCode } from '../errors/system-code.js';
import { SettingsError } from './parse.js';

/** Where a server is to listen. */
export interface Place {
  readonly host: string;
  /** The port the operator has named; 0 is any free one. */
  readonly named: number | undefined;
  /** The port taken when none is named and it is free; any free one otherwise. */
  readonly usual: number;
  /** Name of the setting that names the port, for the message when that port is taken. */
  readonly setting: string;
}

export interface Listening {
  readonly port: number;
  readonly url: string;
}

/** A server of this process that shares its port with the other workers of a cluster. */
export interface SharedPlace extends Omit<Place, 'named' | 'usual'> {
  readonly port: number;
}

/** Another program may take a port between the look and the listening. */
const TRIES = 5;
const TAKEN = ['EADDRINUSE', 'EACCES'];

/**
 * Listens on the named port, or without a name on the usual one, or on any that is free.
 * @returns the port and the address as it was opened
 * @throws SettingsError when the named port cannot be had
 */
export async function listenAt(app: FastifyInstance, place: Place): Promise<Listening> {
  const { host, named, usual, setting } = place;
  const any = Array<number>(TRIES).fill(0);
  const wanted = named === undefined ? [usual, ...any] : named === 0 ? any : [named];
  for (const port of wanted) {
    const free = await freePort(host, port);
    const url = free === undefined ? undefined : await tryListen(app, host, free);
    if (free !== undefined && url !== undefined) return { port: free, url };
  }
  throw new SettingsError([`${setting}: port ${named ?? usual} is in use; name another, or 0 for any`]);
}

/**
 * Listens in a worker of a cluster, whose first process keeps the port for all of them: that it is taken is no sign of another program.
 * @returns as `listenAt`
 * @throws SettingsError when the port cannot be had
 */
export async function listenShared(
  app: FastifyInstance,
  { host, port, setting }: SharedPlace,
): Promise<Listening> {
  const url = await tryListen(app, host, port);
  if (url === undefined)
    throw new SettingsError([`${setting}: port ${port} is in use; name another, or 0 for any`]);
  return { port: Number(new URL(url).port), url };
}

/** `localhost` may be two addresses: a port is free when it is free on each, or a browser reaches somebody else's server. */
async function freePort(host: string, port: number): Promise<number | undefined> {
  let free = port;
  for (const { address } of await lookup(host, { all: true })) {
    const bound = await bind(address, free);
    if (bound === undefined) return undefined;
    free = bound;
  }
  return free;
}

/** @returns the port that could be bound; undefined when it is taken */
function bind(address: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (TAKEN.includes(error.code ?? '')) resolve(undefined);
      // An address this machine does not have holds nobody's server.
      else if (error.code === 'EADDRNOTAVAIL' && port !== 0) resolve(port);
      else reject(error);
    });
    server.listen({ host: address, port, exclusive: true }, () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at ? at.port : undefined));
    });
  });
}

async function tryListen(app: FastifyInstance, host: string, port: number): Promise<string | undefined> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (!TAKEN.includes(systemCode(error) ?? '')) throw error;
    return undefined;
  }
}
