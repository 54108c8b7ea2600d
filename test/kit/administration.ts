import { KORSBAEK } from '../../seed/authorities.js';
import { jobRole } from '../../seed/development/sign-ins.js';
import type { Answer, Stack } from './stack.js';

/** A gateway that is asked with a sign-in's token. */
type Asked = Pick<Stack, 'ask'>;

/** Operations of role administrators and approvers, as the page will send them. */
export const BENEFIT_ROLE = jobRole(KORSBAEK, 'benefit-caseworker');

const ITEM_FIELDS = `
  kind key revision
  current { number state content { ...Content } approvedBy proposedBy why undoneBy }
  draft { by why previewedAt rejectedWhy content { ...Content } }
  proposal { proposedBy draftedBy digest why content { ...Content } }
  versions { number state undoneWhy approvedBy }
`;
const CONTENT = `fragment Content on ChangeContent {
  mapping {
    name description validFrom validTo caseNumber
    grants { role kle sensitivity units systems parametric void { code textDa textEn } }
  }
  agreement { source name kinds read deliver kle sensitivity crossAuthority staleAfterHours ended }
  settings {
    sectionsOff remarkTypes noteHeadings highAssuranceRoles liftMinutes reviewDays lookUpsPerHour sessionIdleMinutes sessionHours
    ownRecord kin colleagues
  }
  jump { source template }
}`;

const change = (name: string, args: string, inputs: string) => `
  mutation Change(${args}) {
    ${name}(${inputs}) { outcome item { ${ITEM_FIELDS} } submitted { ...Content } }
  }
  ${CONTENT}`;

export const DRAFT_MAPPING = change('draftMapping', '$input: MappingInput!', 'input: $input');
export const DRAFT_AGREEMENT = change('draftAgreement', '$input: AgreementInput!', 'input: $input');
export const DRAFT_SETTINGS = change('draftSettings', '$input: SettingsInput!', 'input: $input');
export const DRAFT_JUMP = change('draftJump', '$input: JumpInput!', 'input: $input');
export const PROPOSE = change('proposeChange', '$target: ChangeTarget!', 'target: $target');
export const WITHDRAW = change('withdrawChange', '$target: ChangeTarget!', 'target: $target');
export const APPROVE = change(
  'approveChange',
  '$target: ChangeTarget!, $digest: String!, $activeFrom: DateTime',
  'target: $target, digest: $digest, activeFrom: $activeFrom',
);
export const REJECT = change(
  'rejectChange',
  '$target: ChangeTarget!, $why: String!',
  'target: $target, why: $why',
);
export const UNDO = change(
  'undoChange',
  '$target: ChangeTarget!, $why: String!',
  'target: $target, why: $why',
);
export const END = change(
  'endAgreement',
  '$target: ChangeTarget!, $why: String!',
  'target: $target, why: $why',
);
const ITEM = `query Item($kind: GovernedKind!, $key: String!) {
  governedItem(kind: $kind, key: $key) { ${ITEM_FIELDS} }
} ${CONTENT}`;
const IMPACT = `examined whole visibleBefore visibleAfter gained lost
  groups { kleGroup sensitivity gained lost } refusedBy { code records }`;
export const PREVIEW = `mutation Preview($target: ChangeTarget!, $citizenIds: [ID!]! = []) {
  previewChange(target: $target, citizenIds: $citizenIds) {
    id holders voids { uri role reason { code } }
    caseImpact { ${IMPACT} }
    documentImpact { ${IMPACT} }
    benefitImpact { ${IMPACT} }
  }
}`;

export const PREVIEW_PROPOSAL = `mutation PreviewProposal($target: ChangeTarget!) {
  previewProposal(target: $target) { holders caseImpact { ${IMPACT} } }
}`;
export const AWAITING = '{ awaitingApproval { edges { node { kind key proposal { why } } } } }';

export type Kind = 'MAPPING' | 'AGREEMENT' | 'SETTINGS' | 'JUMP';

/** @returns a thing under change control as an administrator reads it. */
export async function itemOf(stack: Asked, kind: Kind, key: string): Promise<any> {
  return (await must(stack, 'role-admin', ITEM, { kind, key })).data.governedItem;
}

/** @returns the input that would draft the mapping in force again. */
export async function mappingInput(stack: Asked, uri = BENEFIT_ROLE): Promise<any> {
  const { revision, current } = await itemOf(stack, 'MAPPING', uri);
  const { name, description, grants } = current.content.mapping;
  return {
    uri,
    revision,
    name,
    description,
    grants: grants.map(({ void: _void, ...grant }: any) => grant),
    why: 'Reorganisation of the benefit centre.',
  };
}

/** Takes a draft through preview, proposal and approval. @returns the answer to the approval */
export async function enforce(stack: Asked, kind: Kind, key: string, activeFrom?: Date): Promise<Answer> {
  const { revision } = await itemOf(stack, kind, key);
  if (kind === 'MAPPING') await must(stack, 'role-admin', PREVIEW, { target: { kind, key, revision } });
  await must(stack, 'role-admin', PROPOSE, { target: { kind, key, revision } });
  const proposed = await itemOf(stack, kind, key);
  return must(stack, 'role-approver', APPROVE, {
    target: { kind, key, revision: proposed.revision },
    digest: proposed.proposal.digest,
    ...(activeFrom && { activeFrom }),
  });
}

/** Asks and fails on any error but "try again shortly", which a loaded machine may answer. */
export async function must(stack: Asked, signIn: string, query: string, variables: object): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await stack.ask(signIn, query, variables);
    if (answer.errors.length === 0) return answer;
    if (answer.status !== 503 || attempt === 5) throw new Error(JSON.stringify(answer.errors));
  }
}

/**
 * Asks until a condition holds; gives up after a time that even a loaded machine keeps. That no decision rests on rights
 * older than five seconds is held by test/gateway/auth/access-client.test.ts with a clock of its own.
 */
export async function until(holds: () => Promise<boolean>, seconds = 40): Promise<void> {
  const started = performance.now();
  for (;;) {
    let failure: unknown;
    try {
      if (await holds()) return;
    } catch (error) {
      // A busy machine may leave a question unanswered; then it does not hold yet.
      failure = error;
    }
    if (performance.now() - started > seconds * 1000)
      throw new Error(`not within ${seconds} s`, { cause: failure });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
