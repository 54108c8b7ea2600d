import type { DocumentFacts } from './document-access.js';
import type { Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { failedMark } from './marks.js';
import { type Decision, explain, RECORD_RULES } from './rules.js';
import { type RuleWords, WIDER_RULES } from './wider-rules.js';

/** Decides one document and names what decided; `compileDocumentAccess` gives the same answer without the reason. */
export function explainDocument(
  document: DocumentFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): Decision {
  const rights = grantsOf(grants, ['document-read']);
  const delivering = agreements.filter((agreement) => agreement.kinds.includes('documents'));
  if (!document.filedOnCase) return explain(document.access, rights, delivering, requester);
  if (rights.length === 0) return { permit: false, rule: WIDER_RULES.NO_ROLE };
  const mark = failedMark(document.access, requester);
  if (mark) return { permit: false, rule: mark };
  return explainFiled(document, grants, rights, agreements, requester);
}

/** Filed on cases: one must be visible as a case and within the document right; then the document's own sensitivity. */
function explainFiled(
  { access, caseFacts }: DocumentFacts,
  grants: readonly Grant[],
  rights: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
): Decision {
  const delivering = agreements.filter((agreement) => agreement.kinds.includes('cases'));
  const readers = grantsOf(grants, ['case-read']);
  const visible = caseFacts.filter((facts) => explain(facts, readers, delivering, requester).permit);
  let refused: Decision = { permit: false, rule: WIDER_RULES.CASE_HIDDEN };
  for (const grant of rights) {
    for (const facts of visible) {
      const decision = explain(facts, [grant], delivering, requester);
      const own = decision.permit ? explainOwnLevel(access, grant, agreements, requester) : decision;
      if (own.permit) return own;
      refused = own;
    }
  }
  return refused;
}

/** A filed document's own owner and KLE do not count; its source and sensitivity do. */
function explainOwnLevel(
  access: DocumentFacts['access'],
  grant: Grant,
  agreements: readonly Agreement[],
  requester: Requester,
): Decision {
  const own = agreements.filter(
    ({ source, cvr, kinds }) => source === access.source && cvr === grant.cvr && kinds.includes('documents'),
  );
  if (own.length === 0) return { permit: false, rule: RECORD_RULES[200], grant };
  const lifted =
    grant.cvr === requester.cvr && requester.lifted.some((person) => access.parties.includes(person));
  let refused: Decision = { permit: false, rule: RECORD_RULES[500], grant };
  for (const agreement of own) {
    if (access.sensitivity === null || access.sensitivity > agreement.sensitivity) continue;
    const rule = failingConstraint(access.sensitivity, access.source, grant);
    if (!rule) return { permit: true, grant, agreement, lifted: false };
    if (lifted) return { permit: true, grant, agreement, lifted: true };
    refused = { permit: false, rule, grant, agreement };
  }
  return refused;
}

/** @returns the constraint of a grant that a document's own level or source fails */
function failingConstraint(sensitivity: number, source: string, grant: Grant): RuleWords | undefined {
  if (sensitivity > (grant.sensitivity ?? 0)) return RECORD_RULES[1100];
  return grant.systems && !grant.systems.includes(source) ? RECORD_RULES[1300] : undefined;
}
