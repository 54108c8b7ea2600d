import { z } from 'zod';
import { RECORD_KINDS } from '../policy/grants.js';
import type { SystemRole } from '../policy/permissions.js';

/** Shapes of grants and agreements as they travel between processes. */
export const kindShape = z.enum(RECORD_KINDS);

export const grantShape = z.strictObject({
  /** A role that this release does not know is no fault: it satisfies no permission. */
  role: z.custom<SystemRole>((role) => typeof role === 'string'),
  cvr: z.string(),
  kle: z.array(z.string()).exactOptional(),
  sensitivity: z.literal([1, 2, 3, 4]).exactOptional(),
  units: z.array(z.string()).exactOptional(),
  systems: z.array(z.string()).exactOptional(),
  from: z.string().exactOptional(),
});

export const agreementShape = z.strictObject({
  source: z.string(),
  name: z.string(),
  cvr: z.string(),
  kinds: z.array(kindShape),
  kle: z.array(z.string()),
  sensitivity: z.literal([1, 2, 3, 4]),
  crossAuthority: z.boolean(),
  staleAfterHours: z.number().positive(),
});
