import type { SourceWithoutAgreement } from '../../shared/identity/caller.js';
import type { Agreement } from '../../shared/policy/grants.js';
import type { AgreementContent, GovernedRecord } from '../source/records.js';
import { agreementAt } from './effective.js';

/** @returns the agreements of an authority that let Overblik show anything. */
export function agreementsInForce(items: readonly GovernedRecord[], at: Date): Agreement[] {
  return items.flatMap((item) => {
    const content = agreementAt(item, at);
    if (!content || content.ended || !content.read) return [];
    const { source, name, kinds, kle, sensitivity, crossAuthority, staleAfterHours } = content;
    return [{ source, name, cvr: item.cvr, kinds, kle, sensitivity, crossAuthority, staleAfterHours }];
  });
}

/** @returns the source systems whose agreement is asked for or has ended. */
export function withoutAgreement(items: readonly GovernedRecord[], at: Date): SourceWithoutAgreement[] {
  return items.flatMap((item) => {
    const current = agreementAt(item, at);
    if (current && !current.ended && current.read) return [];
    const asked = current ?? [item.proposal?.content, item.draft?.content].find(isAgreement);
    return asked ? [{ source: asked.source, name: asked.name, kinds: asked.kinds }] : [];
  });
}

function isAgreement(content: { readonly kind: string } | undefined): content is AgreementContent {
  return content?.kind === 'agreement';
}
