import { ownValue } from '../subgraphs/shared/names/own-value.js';
import type { UserInput } from '../subgraphs/shared/ports/ingest-shapes.js';
import { KORSBAEK, MOSEKAER, unitId, type UnitName, UNITS } from './authorities.js';
import { jobRole, SIGN_INS } from './development/sign-ins.js';
import type { DirectoryStory } from './development/site.js';

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

/** @returns the users of the synthetic municipalities: the development sign-ins and their colleagues. */
export function users(stories: readonly DirectoryStory[]): UserInput[] {
  const personOf = (subject: string): string | null =>
    stories.find((story) => story.slug === ownValue(PERSON_OF, subject))?.citizenId ?? null;
  const signIns = SIGN_INS.map(({ subject, cvr, unit, jobFunctionRoles }) => ({
    cvr,
    subject,
    unit,
    jobFunctionRoles,
    personId: personOf(subject),
  }));
  const staff = STAFF.flatMap(([role, unit, count]) =>
    Array.from({ length: count }, (_, i) => {
      const subject = `staff-${unit}-${i + 1}`;
      const jobFunctionRoles = [jobRole(KORSBAEK, role)];
      return {
        cvr: KORSBAEK,
        subject,
        unit: unitId(KORSBAEK, unit),
        jobFunctionRoles,
        personId: personOf(subject),
      };
    }),
  );
  const mosekaer = (Object.keys(UNITS) as UnitName[]).map((unit) => ({
    cvr: MOSEKAER,
    subject: `staff-mosekaer-${unit}`,
    unit: unitId(MOSEKAER, unit),
    jobFunctionRoles: [jobRole(MOSEKAER, 'citizen-service')],
    personId: null,
  }));
  return [...signIns, ...staff, ...mosekaer];
}
