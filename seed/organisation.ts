import { ownValue } from '../subgraphs/shared/names/own-value.js';
import type { UserInput } from '../subgraphs/shared/ports/shapes.js';
import { KORSBAEK, MOSEKAER, UNIT_NAMES, unitId, type UnitName } from './authorities.js';
import { jobRole, SIGN_INS } from './development/sign-ins.js';
import type { DirectoryStory } from './development/site.js';
import { GIVEN_NAMES, SURNAMES } from './world/names.js';

/** Users of each role beside the development sign-ins. */
const STAFF: readonly [role: string, unit: UnitName, count: number][] = [
  ['benefit-caseworker', 'benefits', 24],
  ['benefit-caseworker', 'sickness', 12],
  ['citizen-service', 'service', 15],
  ['family-adviser', 'family', 18],
];

/** Which users are which citizens, by story: what the rules on oneself, kin and colleagues are shown with. */
const PERSON_OF: Readonly<Record<string, string>> = {
  'user-benefit-caseworker': 'own-record',
  'staff-benefits-1': 'colleague',
};

/** What colleagues know the development sign-ins by; one who is a citizen bears the citizen's name. */
const NAMES: Readonly<Record<string, string>> = {
  'user-citizen-service': 'Ida Kofoed',
  'user-family-adviser': 'Karen Bæk',
  'user-vip-cleared': 'Mikkel Vestergaard',
  'user-alert-admin': 'Line Ågård',
  'user-role-admin': 'Rasmus Lund',
  'user-role-approver': 'Birgit Østergaard',
  'user-controller': 'Henrik Schmidt',
  'user-no-roles': 'Oscar Nygaard',
  'user-other-municipality': 'Pia Lauridsen',
};

const GIVEN = [...GIVEN_NAMES.FEMALE, ...GIVEN_NAMES.MALE];

/** @returns a name for the nth colleague: given names and surnames are walked at steps that meet late. */
const staffName = (n: number) => `${GIVEN[(n * 7) % GIVEN.length]} ${SURNAMES[(n * 5) % SURNAMES.length]}`;

/** @returns the users of the synthetic municipalities: the development sign-ins and their colleagues. */
export function users(stories: readonly DirectoryStory[]): UserInput[] {
  const storyOf = (subject: string) => stories.find(({ slug }) => slug === ownValue(PERSON_OF, subject));
  const named = (user: Omit<UserInput, 'name' | 'personId'>, name: string): UserInput => {
    const story = storyOf(user.subject);
    return { ...user, name: story?.name ?? name, personId: story?.citizenId ?? null };
  };
  const signIns = SIGN_INS.map(({ subject, cvr, unit, jobFunctionRoles }, i) =>
    named({ cvr, subject, unit, jobFunctionRoles }, ownValue(NAMES, subject) ?? staffName(i)),
  );
  const staff = STAFF.flatMap(([role, name, count]) =>
    Array.from({ length: count }, (_, i) => ({
      cvr: KORSBAEK,
      subject: `staff-${name}-${i + 1}`,
      unit: unitId(KORSBAEK, name),
      jobFunctionRoles: [jobRole(KORSBAEK, role)],
    })),
  ).map((user, i) => named(user, staffName(i + 1)));
  const mosekaer = UNIT_NAMES.map((unit, i) =>
    named(
      {
        cvr: MOSEKAER,
        subject: `staff-mosekaer-${unit}`,
        unit: unitId(MOSEKAER, unit),
        jobFunctionRoles: [jobRole(MOSEKAER, 'citizen-service')],
      },
      staffName(100 + i),
    ),
  );
  return [...signIns, ...staff, ...mosekaer];
}
