import type { Decision } from '../policy/explain.js';
import type { Grant } from '../policy/grants.js';
import type { RuleWords } from '../policy/wider-rules.js';

/** Why something is shown or not, as the schema tells it to a caseworker: never more than is shown anyway. */
export interface AccessReason {
  readonly code: string;
  readonly textDa: string;
  readonly textEn: string;
  readonly jobFunctionRole: string | null;
  readonly role: string | null;
}

/** @returns the reason of a rule that refuses. */
export function refusalReason({ code, text }: RuleWords): AccessReason {
  return { code, textDa: text.da, textEn: text.en, jobFunctionRole: null, role: null };
}

/** @returns the reason why a grant opens something. */
export function grantReason(grant: Grant, lifted = false): AccessReason {
  const { role, from } = grant;
  const name = from ?? role;
  return {
    code: lifted ? 'BREAK_GLASS' : 'PERMITTED',
    textDa: lifted
      ? 'Vises, fordi du har åbnet borgeren med en begrundelse.'
      : `Vises, fordi din jobfunktion «${name}» dækker det.`,
    textEn: lifted
      ? 'Shown because you opened the citizen for a stated reason.'
      : `Shown because your job function «${name}» covers it.`,
    jobFunctionRole: from ?? null,
    role,
  };
}

/** @returns the reason of a decision. */
export function reasonOf(decision: Decision): AccessReason {
  return decision.permit ? grantReason(decision.grant, decision.lifted) : refusalReason(decision.rule);
}
