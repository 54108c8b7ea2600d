import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSchemaFile } from '../../../schema/sdl.js';
import type { Planted } from '../fronts/plant.js';
import type { PlantedGrowth } from '../fronts/plant-growth.js';
import { front, startChild, type Child } from './child.js';
import type { Asked } from './measure.js';

/** What every front stands on: one seeded store in a process of its own, and a question about one person. */
export interface Stage {
  readonly directory: string;
  /** A copy of the seeded data directory, for a front that keeps the store itself. */
  readonly copy: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly store: Child;
  readonly asked: Asked;
  /** What the page asks when the same person is opened. */
  readonly opening: Asked;
  /** Planted where growth is measured. */
  readonly growth: PlantedGrowth | undefined;
  end(): void;
}

/** @returns the path of a program of the product. */
export const program = (name: string): string =>
  fileURLToPath(new URL(`../../../programs/${name}.js`, import.meta.url));

/**
 * Seeds a data directory, copies it, and starts the store over it.
 * @param growing whether what growth is measured by is planted too
 */
export async function setStage(growing: boolean): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'overblik-bench-'));
  const [directory, copy] = [join(root, 'data'), join(root, 'copy')];
  const base = {
    OVERBLIK_MODE: 'development',
    // graphql-js checks more where it is left out, in every front alike.
    NODE_ENV: 'production',
    DATA_DIR: directory,
    LOG_LEVEL: 'silent',
    SEED_CITIZENS: '100',
    PORT: '0',
    OPERATIONS_PORT: '0',
    SAML_DEVELOPMENT_PORT: '0',
    ADDRESS_REQUESTS_PER_MINUTE: '10000000',
  };
  const planted = JSON.parse(
    (await startChild(front('plant'), growing ? ['growth'] : [], base)).answersAt,
  ) as Planted;
  cpSync(directory, copy, { recursive: true });
  const store = await startChild(program('store'), [], base);
  return {
    directory,
    copy,
    environment: {
      ...base,
      MONGODB_URI: store.answersAt,
      BEARER_KEY: JSON.stringify(planted.bearerKey),
    },
    store,
    asked: operationOf('CitizenOverview', planted),
    opening: operationOf('PersonOpened', planted),
    growth: planted.growth,
    end() {
      store.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function operationOf(operationName: string, { citizenId: id, token }: Planted): Asked {
  return {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: readSchemaFile(`operations/${operationName}.graphql`),
      operationName,
      variables: { id },
    }),
  };
}
