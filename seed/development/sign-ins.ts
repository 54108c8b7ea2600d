import type { SeededContent } from '../../subgraphs/access/ingest/seeded-contents.js';
import type { MappedGrant } from '../../subgraphs/access/source/records.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';
import { KORSBAEK, MOSEKAER, unitId, type UnitName } from '../authorities.js';
import type { SignIn } from './identity-provider.js';

/** @returns the URI of a seeded job-function role. */
export const jobRole = (cvr: string, name: string) =>
  `http://overblik.invalid/${cvr}/roles/jobrole/${name}/1`;

/** KLE groups of cash benefits; never `*`. */
const BENEFIT_GROUPS = [
  '32.03.*',
  '32.06.*',
  '32.10.*',
  '32.12.*',
  '32.18.*',
  '32.21.*',
  '32.24.*',
  '32.27.*',
  '32.30.*',
  '32.00.*',
];

const SEARCH: readonly MappedGrant[] = [{ role: 'citizen-search' }, { role: 'citizen-read' }];

const reads = (kle: readonly string[], sensitivity: SensitivityRank): MappedGrant[] =>
  ['case-read', 'document-read', 'note-read'].map((name) => ({ role: name, kle, sensitivity }));

const benefitCaseworker: readonly MappedGrant[] = [
  ...SEARCH,
  ...reads(BENEFIT_GROUPS, 2),
  { role: 'note-write', kle: BENEFIT_GROUPS, sensitivity: 2 },
  { role: 'benefit-read', kle: BENEFIT_GROUPS, sensitivity: 2 },
  { role: 'benefit-cross-authority', kle: BENEFIT_GROUPS },
  { role: 'remark-read' },
  { role: 'alert-read', kle: BENEFIT_GROUPS },
  { role: 'alert-handle', kle: BENEFIT_GROUPS },
  { role: 'break-glass' },
];

/** Job-function roles of the synthetic municipalities: name, what it is called, what it gives. */
const JOB_ROLES: Readonly<
  Record<string, { readonly title: string; readonly grants: readonly MappedGrant[] }>
> = {
  'benefit-caseworker': { title: 'Ydelsessagsbehandler', grants: benefitCaseworker },
  'citizen-service': {
    title: 'Medarbejder i Borgerservice',
    grants: [
      ...SEARCH,
      ...reads(['23.*', '00.*'], 2),
      { role: 'case-exists', kle: ['*'], sensitivity: 2 },
      { role: 'remark-read' },
      { role: 'remark-write' },
    ],
  },
  'family-adviser': {
    title: 'Familierådgiver',
    grants: [
      ...SEARCH,
      { role: 'address-protected-direct' },
      ...reads(['27.*', '32.18.*'], 3),
      { role: 'remark-read' },
      { role: 'alert-read', kle: ['27.*'] },
      { role: 'alert-handle', kle: ['27.*'] },
    ],
  },
  'vip-cleared': {
    title: 'Sagsbehandler med VIP-adgang',
    grants: [
      ...SEARCH,
      { role: 'citizen-search-national' },
      { role: 'address-protected-direct' },
      ...reads(['*'], 4),
      { role: 'benefit-read', kle: ['*'], sensitivity: 4 },
      { role: 'benefit-cross-authority', kle: ['*'] },
      { role: 'control-case-read' },
      { role: 'remark-read' },
      { role: 'alert-read', kle: ['*'] },
    ],
  },
  'alert-admin': { title: 'Advisadministrator', grants: [{ role: 'alert-administer', kle: ['*'] }] },
  'role-admin': { title: 'Rolleadministrator', grants: [{ role: 'access-administer' }] },
  'role-approver': { title: 'Rollegodkender', grants: [{ role: 'access-approve' }] },
  controller: { title: 'Controller', grants: [{ role: 'audit-read' }] },
};

/** Mappings of the seeded job-function roles, valid from long ago. */
export function mappings(): SeededContent[] {
  return [KORSBAEK, MOSEKAER].flatMap((cvr) =>
    Object.entries(JOB_ROLES).map(([name, { title, grants }]) => ({
      cvr,
      key: jobRole(cvr, name),
      content: {
        kind: 'mapping' as const,
        name: title,
        description: '',
        grants,
        validFrom: new Date('2020-01-01T00:00:00Z'),
        validTo: null,
        caseNumber: null,
      },
    })),
  );
}

const signIn = (
  name: string,
  unit: UnitName | null,
  shows: string,
  cvr = KORSBAEK,
  roles = [name],
): SignIn => ({
  name,
  subject: `user-${name}`,
  cvr,
  unit: unit && unitId(cvr, unit),
  jobFunctionRoles: roles.map((role) => jobRole(cvr, role)),
  shows,
});

/** The development sign-ins, named by their job. */
export const SIGN_INS: readonly SignIn[] = [
  signIn(
    'benefit-caseworker',
    'benefits',
    'Cash benefits up to confidential; other authorities’ benefits with a stated purpose; no child, care or job cases.',
  ),
  signIn(
    'citizen-service',
    'service',
    'The counter: register cases, and that other cases exist and whom to contact; no benefits.',
  ),
  signIn(
    'family-adviser',
    'family',
    'Children and families up to sensitive; protected addresses without the extra step.',
  ),
  signIn('vip-cleared', 'service', 'Every area up to specially protected; searches nationally.'),
  signIn('alert-admin', null, 'Decides who is alerted to what; sees no person by that.'),
  signIn('role-admin', null, 'Maps job-function roles; sees no person by that.'),
  signIn('role-approver', null, 'Approves another’s mapping; sees no person by that.'),
  signIn('controller', null, 'Reads the look-up log; sees no person by that.'),
  signIn('no-roles', 'service', 'Signed in, but with no roles: nothing is shown.', KORSBAEK, []),
  signIn(
    'other-municipality',
    'benefits',
    'A benefit caseworker in Mosekær: Korsbæk’s citizens do not exist, unless they have a tie to Mosekær.',
    MOSEKAER,
    ['benefit-caseworker'],
  ),
];
