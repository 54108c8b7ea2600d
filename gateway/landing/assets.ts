import type { FastifyInstance } from 'fastify';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The built scripts of web/, found both from source and from a build folder. */
const BUILT = join(import.meta.dirname, '..', '..', 'web');
const DIRECTORY = existsSync(join(BUILT, 'landing.js'))
  ? BUILT
  : join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Serves the page's own scripts: read once, and nothing else of the disk. */
export function installAssets(app: FastifyInstance): void {
  const names = existsSync(DIRECTORY) ? readdirSync(DIRECTORY).filter((name) => name.endsWith('.js')) : [];
  const scripts = new Map(names.map((name) => [name, readFileSync(join(DIRECTORY, name), 'utf8')]));
  app.get<{ Params: { name: string } }>('/assets/:name', ({ params }, reply) => {
    const script = scripts.get(params.name);
    return script === undefined
      ? reply.callNotFound()
      : reply.type('text/javascript; charset=utf-8').send(script);
  });
}
