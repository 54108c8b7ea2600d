import type { FastifyInstance, FastifyRequest } from 'fastify';
import { packingOf } from './packing.js';
import { refuse } from './refuse.js';

/** Texts are read as UTF-8; whoever declares another character set would be misread. */
const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8']);

/** Types that an answer of `/graphql` has, or that cover one of them. */
const JSON_TYPES: ReadonlySet<string> = new Set([
  '*/*',
  'application/*',
  'application/json',
  'application/graphql-response+json',
]);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route unpacks bodies itself, and refuses what it cannot unpack. */
    readonly unpacksBody?: boolean;
  }
}

/** Refuses every body that declares another character set than UTF-8, or is packed where nobody unpacks it, before it is read. */
export function installMediaTypes(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const fault = charsetFault(request) ?? packingFault(request);
    if (fault === undefined) return;
    await refuse(reply.header('connection', 'close'), 'MEDIA_TYPE_UNSUPPORTED', { ...fault });
  });
}

interface Fault {
  readonly field: string;
  readonly rule: string;
}

function charsetFault({ headers }: FastifyRequest): Fault | undefined {
  const charsets = parametersOf(headers['content-type'] ?? '', 'charset');
  if (charsets.every((charset) => UTF_8.has(charset))) return undefined;
  return { field: 'content-type', rule: 'charset=utf-8' };
}

function packingFault({ headers, routeOptions }: FastifyRequest): Fault | undefined {
  if (routeOptions.config.unpacksBody === true) return undefined;
  const packing = packingOf(headers, false);
  return 'rule' in packing ? packing : undefined;
}

/** @returns whether a caller who sent this Accept header reads JSON; without one, everybody does. */
export function takesJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = ''] = range.split(';', 1);
    const isRefused = parametersOf(range, 'q').some((weight) => Number(weight) === 0);
    return JSON_TYPES.has(type.trim().toLowerCase()) && !isRefused;
  });
}

/** @returns the values of a header's parameter in lower case, without quotes; names are compared in any letter case. */
function parametersOf(header: string, name: string): string[] {
  return header
    .split(';')
    .slice(1)
    .flatMap((parameter) => {
      const at = parameter.indexOf('=');
      if (at === -1 || parameter.slice(0, at).trim().toLowerCase() !== name) return [];
      return [
        parameter
          .slice(at + 1)
          .trim()
          .replaceAll('"', '')
          .toLowerCase(),
      ];
    });
}
