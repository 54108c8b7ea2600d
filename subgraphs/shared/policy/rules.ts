import { GRANT_RULES } from './grant-rules.js';
import { MARK_RULES } from './mark-rules.js';

/**
 * The rules for a record, in order; the first that fails is the reason. Order numbers leave gaps: core rules 100–900,
 * overridable ones from 1000. Names that are whole numbers come in ascending order, wherever they are written.
 * Source: docs/field.md, Access.
 */
export const RECORD_RULES = { ...MARK_RULES, ...GRANT_RULES } as const;
