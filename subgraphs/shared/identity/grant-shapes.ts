import { z } from 'zod';
import { RECORD_KINDS } from '../policy/grants.js';

/** Shapes of grants and agreements as they travel between processes. */
export const kindShape = z.enum(RECORD_KINDS);

export const grantShape = z.strictObject({
  role: z.string(),
  cvr: z.string(),
  kle: z.array(z.string()).optional(),
  sensitivity: z.number().int().min(1).max(4).optional(),
  units: z.array(z.string()).optional(),
  systems: z.array(z.string()).optional(),
  from: z.string().optional(),
});

export const agreementShape = z.strictObject({
  source: z.string(),
  name: z.string(),
  cvr: z.string(),
  kinds: z.array(kindShape),
  kle: z.array(z.string()),
  sensitivity: z.number().int().min(1).max(4),
  crossAuthority: z.boolean(),
  staleAfterHours: z.number().positive(),
});
