import { type DocumentFacts, FILED_DOCUMENT_RULES } from './document-access.js';
import { type Decision, explain } from './explain.js';
import type { Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf, type RecordKind } from './grants.js';
import { failedMark } from './marks.js';
import { WIDER_RULES } from './wider-rules.js';

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
  const delivering = (kind: RecordKind) => agreements.filter(({ kinds }) => kinds.includes(kind));
  const [ofCases, ofDocuments] = [delivering('cases'), delivering('documents')];
  const readers = grantsOf(grants, ['case-read']);
  const visible = caseFacts.filter((facts) => explain(facts, readers, ofCases, requester).permit);
  let refused: Decision = { permit: false, rule: WIDER_RULES.CASE_HIDDEN };
  for (const grant of rights) {
    for (const facts of visible) {
      const decision = explain(facts, [grant], ofCases, requester);
      const own = decision.permit
        ? explain(access, [grant], ofDocuments, requester, FILED_DOCUMENT_RULES)
        : decision;
      if (own.permit) return own;
      refused = own;
    }
  }
  return refused;
}
