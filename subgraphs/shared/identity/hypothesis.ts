import { z } from 'zod';
import type { Asker } from '../policy/facts.js';
import type { Agreement, Grant } from '../policy/grants.js';
import { agreementShape, grantShape } from './grant-shapes.js';

/** Rights as somebody has them, or would have them. */
export interface Rights {
  readonly grants: readonly Grant[];
  readonly agreements: readonly Agreement[];
  readonly requester: Asker;
  readonly purpose: string | null;
}

/** What is simulated: the rights now and after a change; the same twice when only one person's rights are asked for. */
export interface Hypothesis {
  /** Id of the simulation in the access subgraph. */
  readonly id: string;
  readonly before: Rights;
  readonly after: Rights;
  /** Persons whose records are looked at beside the sample. */
  readonly citizenIds: readonly string[];
  /** Those of them who are invented: of them exact figures may be given, of everybody else only none or some. */
  readonly testPersons: readonly string[];
}

const rightsShape = z.strictObject({
  grants: z.array(grantShape),
  agreements: z.array(agreementShape),
  requester: z.strictObject({
    subject: z.string(),
    cvr: z.string(),
    unit: z.string().nullable(),
    barred: z.array(z.string()),
    lifted: z.array(z.string()),
  }),
  purpose: z.string().nullable(),
});

export const hypothesisShape = z.strictObject({
  id: z.string(),
  before: rightsShape,
  after: rightsShape,
  citizenIds: z.array(z.string()),
  testPersons: z.array(z.string()),
});
