import { expect, test } from '@jest/globals';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import fc from 'fast-check';
import { Query } from 'mingo';
import type { AccessFacts, CaseFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import { grantsOf, type Agreement, type Grant } from '../../subgraphs/shared/policy/grants.js';
import { compileAlertAccess } from '../../subgraphs/shared/policy/alert-access.js';
import {
  compileBenefitAccess,
  threeMonthsBefore,
  type GrantFacts,
} from '../../subgraphs/shared/policy/benefit-access.js';
import { compileCitizenReach } from '../../subgraphs/shared/policy/citizen-reach.js';
import { compileDocumentAccess } from '../../subgraphs/shared/policy/document-access.js';
import { compileRecordAccess } from '../../subgraphs/shared/policy/record-access.js';
import { explainBenefit } from '../../subgraphs/shared/policy/benefit-explanation.js';
import { compileControlCaseAccess } from '../../subgraphs/shared/policy/control-case-access.js';
import { explainDocument } from '../../subgraphs/shared/policy/document-explanation.js';
import { explain } from '../../subgraphs/shared/policy/explain.js';
import { OTHER, OWN, UDK, requester as plain } from '../kit/access.js';

/**
 * Predicate, store filter and a naive oracle must agree over generated grants, agreements and records. The oracle is
 * written from docs/field.md (Access) alone, with regular expressions and loops, and shares no code with the policy module.
 */
const RUNS = Number(process.env['OVERBLIK_PROPERTY_RUNS'] ?? 2000);
const TODAY = '2026-05-31';

const KLE = ['32.30.04', '32.24.04', '27.12.00', '15.20.00'] as const;
const PATTERNS = ['*', '3*', '32.*', '32.3*', '32.30.*', '32.30.0*', '32.30.04', '27.*', '27.12.00', 'x', ''];
// Weighted so that permits are common: a property over refusals alone would pass with half the rules gone.
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );
const cvr = often(OWN, OTHER);
const owner = often<string | null>(OWN, OTHER, UDK, null);
const source = often('KSD', 'KY', 'UDK_BOLIG');
const level = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const);
const unit = fc.constantFrom('unit-benefits', 'unit-family');

const NEEDS_SENSITIVITY = ['case-read', 'case-exists', 'document-read', 'benefit-read'];
const MAY_HAVE_UNIT = ['case-read', 'case-exists', 'document-read', 'alert-read'];
const MAY_HAVE_SYSTEM = [...MAY_HAVE_UNIT, 'benefit-read'];
const PERSONS = ['citizen-1', 'citizen-2', 'citizen-3'];

const options = { noNullPrototype: true };
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const strip = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;

/** Takes at most three fields from `wild`, the rest from `plain`: most cases are nearly permitted, so each rule decides some. */
const nearly = <T extends object>(plain: T, wild: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc
    .tuple(wild, fc.subarray(Object.keys(plain) as (keyof T)[], { maxLength: 3 }))
    .map(([other, keys]) => strip({ ...plain, ...Object.fromEntries(keys.map((key) => [key, other[key]])) }));

const grantOf = (roles: readonly Grant['role'][]): fc.Arbitrary<Grant> =>
  fc.constantFrom(...roles).chain((role) =>
    nearly<Grant>(
      {
        role,
        cvr: OWN,
        kle: ['*'],
        ...(NEEDS_SENSITIVITY.includes(role) && { sensitivity: 3 as const }),
        units: undefined as never,
        systems: undefined as never,
      },
      fc.record(
        {
          role: fc.constant(role),
          cvr,
          kle: fc.array(fc.constantFrom(...PATTERNS), { maxLength: 2 }),
          sensitivity: maybe(level),
          units: maybe(fc.array(unit, { maxLength: 1 })),
          systems: maybe(fc.array(fc.constantFrom('KSD', 'KY'), { maxLength: 1 })),
        },
        options,
      ) as fc.Arbitrary<Grant>,
    ),
  );

const wildAgreement: fc.Arbitrary<Agreement> = fc.record(
  {
    source,
    name: fc.constant('x'),
    cvr,
    kinds: fc.constantFrom<Agreement['kinds']>(
      ['cases', 'documents', 'benefits', 'alerts'],
      ['cases', 'documents', 'benefits', 'alerts'],
      ['cases', 'documents', 'benefits', 'alerts'],
      ['cases'],
      ['benefits', 'alerts'],
    ),
    kle: fc.oneof(
      { weight: 3, arbitrary: fc.constant(['*']) },
      {
        weight: 2,
        arbitrary: fc.array(fc.constantFrom('*', '32.*', '27.*', '32.30.*'), { minLength: 0, maxLength: 2 }),
      },
    ),
    sensitivity: level,
    crossAuthority: fc.boolean(),
    staleAfterHours: fc.constant(24),
  },
  options,
);

const agreement = nearly<Agreement>(
  {
    source: 'KSD',
    name: 'x',
    cvr: OWN,
    kinds: ['cases', 'documents', 'benefits', 'alerts'],
    kle: ['*'],
    sensitivity: 4,
    crossAuthority: false,
    staleAfterHours: 24,
  },
  wildAgreement,
);

const wildFacts: fc.Arbitrary<AccessFacts> = fc
  .record(
    {
      ownerCvr: owner,
      kle: fc.constantFrom(...KLE, null),
      sensitivity: fc.option(level, { freq: 8 }),
      unit: fc.option(unit),
      profile: fc.option(
        fc.array(fc.constantFrom('unit-benefits', 'user-test', OWN, 'nobody'), {
          minLength: 1,
          maxLength: 2,
        }),
        { freq: 2 },
      ),
      hiddenFrom: fc.constantFrom<AccessFacts['hiddenFrom']>([], [], ['citizen'], ['caseworker']),
      parties: fc.subarray(PERSONS),
      source,
      stale: fc.constantFrom(undefined, undefined, undefined, true),
      validFrom: fc.constantFrom(undefined, null, '2026-11-22', '2026-11-23'),
      validTo: fc.constantFrom(undefined, null, '2026-11-22', '2026-11-23'),
    },
    options,
  )
  .map((generated) => strip(generated) as AccessFacts);

const facts = nearly<AccessFacts>(
  {
    ownerCvr: OWN,
    kle: '32.30.04',
    sensitivity: 2,
    unit: 'unit-benefits',
    profile: null,
    hiddenFrom: [],
    parties: ['citizen-1'],
    source: 'KSD',
    stale: undefined as never,
    validFrom: undefined as never,
    validTo: undefined as never,
  },
  wildFacts,
);

/** Who asks: mostly nobody is barred or lifted. */
const requesters: fc.Arbitrary<Requester> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.constant<string[]>([]) }, fc.subarray(PERSONS)),
    fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, fc.subarray(PERSONS)),
  )
  .map(([barred, lifted]) => ({ ...plain, barred, lifted }));

const caseFacts: fc.Arbitrary<CaseFacts> = facts.map((fact) => ({ ...fact, caseId: 'case' }));

// ---- the oracle ----

const isPattern = (pattern: string): boolean =>
  /^(\*|\d\*|\d\d\.\*|\d\d\.\d\*|\d\d\.\d\d\.\*|\d\d\.\d\d\.\d\*|\d\d\.\d\d\.\d\d)$/.test(pattern);
const wild = (pattern: string, number: string): boolean =>
  isPattern(pattern) && new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '.*')}$`).test(number);
const covers = (patterns: readonly string[] | undefined, number: string | null) =>
  number !== null && (patterns ?? []).some((pattern) => wild(pattern, number));

function holds(grant: Grant): boolean {
  if (!grant.kle || grant.kle.length === 0 || !grant.kle.every(isPattern)) return false;
  if (NEEDS_SENSITIVITY.includes(grant.role) !== (grant.sensitivity !== undefined)) return false;
  if (grant.systems && (!MAY_HAVE_SYSTEM.includes(grant.role) || grant.systems.length === 0)) return false;
  return grant.units === undefined || (MAY_HAVE_UNIT.includes(grant.role) && grant.units.length > 0);
}

/** Whoever is barred from one of the parties gets nothing of the record. */
const touches = (record: AccessFacts, persons: readonly string[]) =>
  record.parties.some((person) => persons.includes(person));

function marks(record: AccessFacts, who: Requester): boolean {
  if (touches(record, who.barred)) return false;
  if (record.stale || record.hiddenFrom.includes('caseworker')) return false;
  if (record.validFrom && record.validFrom > who.today) return false;
  if (record.validTo && record.validTo <= who.today) return false;
  return (
    record.profile === null ||
    record.profile.some((entry) => ['unit-benefits', 'user-test', OWN].includes(entry))
  );
}

function mayRecord(
  record: AccessFacts,
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  kind: 'cases' | 'documents' | 'alerts' | 'benefits',
  who: Requester,
): boolean {
  if (!marks(record, who) || record.sensitivity === null || record.ownerCvr === null) return false;
  return grants.some((grant) =>
    agreements.some(
      (agreed) => holds(grant) && agreed.kinds.includes(kind) && opensRecord(record, grant, agreed, who),
    ),
  );
}

/** Whether one grant and one agreement open a record: owner, KLE and sensitivity for system and user, then its limits. */
function opensRecord(record: AccessFacts, grant: Grant, agreed: Agreement, who: Requester): boolean {
  const system =
    agreed.source === record.source &&
    agreed.cvr === grant.cvr &&
    covers(agreed.kle, record.kle) &&
    record.sensitivity! <= agreed.sensitivity;
  if (!system || record.ownerCvr !== grant.cvr) return false;
  const user =
    covers(grant.kle, record.kle) &&
    record.sensitivity! <= (grant.sensitivity ?? 4) &&
    (grant.units === undefined || (record.unit !== null && grant.units.includes(record.unit))) &&
    (grant.systems === undefined || grant.systems.includes(record.source));
  return user || (grant.cvr === who.cvr && touches(record, who.lifted));
}

/** Fails a property that hardly ever met a permit. */
function counted(): { note: (permitted: boolean) => void; enough: () => void } {
  let permits = 0;
  return {
    note: (permitted) => void (permits += Number(permitted)),
    enough: () => expect(permits / RUNS).toBeGreaterThan(0.08),
  };
}

const roleIs =
  (...roles: string[]) =>
  (grant: Grant) =>
    roles.includes(grant.role);
const testFilter = (filter: Record<string, unknown>, document: object) =>
  new Query(filter).test({ _id: 'x', ...document });

const roles = [
  'case-read',
  'case-exists',
  'document-read',
  'benefit-read',
  'benefit-cross-authority',
  'alert-read',
  'citizen-read',
] as const;
const grantsOfRoles = (...wanted: Grant['role'][]) =>
  fc.array(grantOf([...wanted, ...wanted, ...roles]), { minLength: 1, maxLength: 6, size: 'max' });
const grants = grantsOfRoles(
  'case-read',
  'document-read',
  'alert-read',
  'benefit-read',
  'benefit-cross-authority',
);
const agreements = fc.array(agreement, { minLength: 1, maxLength: 4, size: 'max' });

test('cases: predicate = store filter = explanation = oracle', () => {
  const seen = counted();
  fc.assert(
    fc.property(grants, agreements, facts, requesters, (given, agreed, subject, requester) => {
      const mine = grantsOf(given, ['case-read']);
      const access = compileRecordAccess(mine, agreed, 'cases', requester);
      const expected = mayRecord(subject, given.filter(roleIs('case-read')), agreed, 'cases', requester);
      seen.note(expected);
      expect(access.matches(subject)).toBe(expected);
      expect(testFilter(access.filter('access.'), { access: subject })).toBe(expected);
      expect(
        explain(
          subject,
          mine,
          agreed.filter((a) => a.kinds.includes('cases')),
          requester,
        ).permit,
      ).toBe(expected);
    }),
    { numRuns: RUNS },
  );
  seen.enough();
});

test('documents: any visible case and own sensitivity; without a case their own facts', () => {
  const document = fc.record(
    { access: facts, caseFacts: fc.array(caseFacts, { maxLength: 2 }), filedOnCase: fc.boolean() },
    options,
  );
  const seen = counted();
  fc.assert(
    fc.property(grants, agreements, document, requesters, (given, agreed, subject, requester) => {
      const access = compileDocumentAccess(given, agreed, requester);
      const caseGrants = given.filter(roleIs('case-read'));
      const expected = given.filter(roleIs('document-read')).some((grant) => {
        if (!subject.filedOnCase) return mayRecord(subject.access, [grant], agreed, 'documents', requester);
        const level = subject.access.sensitivity;
        const ownLevel = agreed.some(
          (a) =>
            holds(grant) &&
            a.cvr === grant.cvr &&
            a.source === subject.access.source &&
            a.kinds.includes('documents') &&
            level !== null &&
            level <= a.sensitivity &&
            ((level <= grant.sensitivity! && (!grant.systems || grant.systems.includes(a.source))) ||
              (grant.cvr === requester.cvr && touches(subject.access, requester.lifted))),
        );
        return (
          ownLevel &&
          marks(subject.access, requester) &&
          subject.caseFacts.some(
            (c) =>
              mayRecord(c, caseGrants, agreed, 'cases', requester) &&
              mayRecord(c, [grant], agreed, 'cases', requester),
          )
        );
      });
      seen.note(expected);
      expect(access.matches(subject)).toBe(expected);
      expect(testFilter(access.filter(), subject)).toBe(expected);
      expect(explainDocument(subject, given, agreed, requester).permit).toBe(expected);
    }),
    { numRuns: RUNS },
  );
  seen.enough();
});

test('alerts: within the right, and never without the case behind', () => {
  const alert = fc
    .record({ access: facts, caseFacts: fc.option(caseFacts), hasCase: fc.boolean() }, options)
    .map((generated) => (generated.hasCase ? generated : { ...generated, caseFacts: null }));
  const seen = counted();
  fc.assert(
    fc.property(grants, agreements, alert, requesters, (given, agreed, subject, requester) => {
      const access = compileAlertAccess(given, agreed, requester);
      const right = mayRecord(
        subject.access,
        given.filter(roleIs('alert-read')),
        agreed,
        'alerts',
        requester,
      );
      const behind =
        !subject.hasCase ||
        (subject.caseFacts !== null &&
          mayRecord(subject.caseFacts, given.filter(roleIs('case-read')), agreed, 'cases', requester));
      seen.note(right && behind);
      expect(access.matches(subject)).toBe(right && behind);
      expect(testFilter(access.filter(), subject)).toBe(right && behind);
    }),
    { numRuns: RUNS },
  );
  seen.enough();
});

const day = fc.constantFrom('2025-12-31', '2026-02-27', '2026-02-28', '2026-03-01', '2026-05-30');
const benefitGrant: fc.Arbitrary<GrantFacts> = fc
  .record(
    {
      access: facts.map((fact) => ({ ...fact, kle: null })),
      benefits: fc.array(fc.record({ kle: often(...KLE), endsOn: fc.option(day, { freq: 2 }) }, options), {
        minLength: 1,
        maxLength: 4,
        size: 'max',
      }),
      paymentFacts: fc.array(
        fc.record(
          {
            ownerCvr: owner,
            kle: often<string | null>('32.30.04', '32.24.04', '27.12.00', null),
            disposalDate: day,
          },
          options,
        ),
        { maxLength: 4, size: 'max' },
      ),
      caseFacts: fc.constant(null),
    },
    options,
  )
  .map((generated) => ({
    ...generated,
    paymentFacts: generated.paymentFacts.map((line) => ({
      ...line,
      ofOwner: line.ownerCvr === generated.access.ownerCvr,
    })),
  }));

/** Whether one grant and one agreement open a benefit grant: docs/field.md, Access. */
function opensBenefit(
  grantFacts: GrantFacts,
  grant: Grant,
  a: Agreement,
  stated: string | null,
  who: Requester,
): boolean {
  const cross = grant.role === 'benefit-cross-authority';
  const { ownerCvr, sensitivity, source: from } = grantFacts.access;
  if (!holds(grant) || (!cross && grant.role !== 'benefit-read') || !marks(grantFacts.access, who))
    return false;
  if (a.cvr !== grant.cvr || a.source !== from || !a.kinds.includes('benefits')) return false;
  if (ownerCvr === null || sensitivity === null || sensitivity > a.sensitivity) return false;
  if (cross && stated !== 'UDK-8-BENEFIT-CASE') return false;
  if (cross === (ownerCvr === grant.cvr) || (!cross && a.crossAuthority)) return false;
  const broken = !cross && grant.cvr === who.cvr && touches(grantFacts.access, who.lifted);
  const limited =
    sensitivity > (cross ? 3 : grant.sensitivity!) ||
    (grant.systems !== undefined && !grant.systems.includes(from));
  return (!limited || broken) && hasVisibleLines(grantFacts, grant, a, cross ? '2026-02-28' : '', broken);
}

function hasVisibleLines(
  grantFacts: GrantFacts,
  grant: Grant,
  a: Agreement,
  since: string,
  broken: boolean,
): boolean {
  const both = (kle: string | null) => (broken || covers(grant.kle, kle)) && covers(a.kle, kle);
  const benefit = grantFacts.benefits.some(
    (line) => both(line.kle) && (line.endsOn === null || line.endsOn > since),
  );
  const payment = grantFacts.paymentFacts.some(
    (line) => line.ownerCvr === grantFacts.access.ownerCvr && both(line.kle) && line.disposalDate >= since,
  );
  return benefit && payment;
}

test('benefits: own municipality; other authorities with a purpose, three months back', () => {
  const purpose = fc.constantFrom('UDK-8-BENEFIT-CASE', 'UDK-8-BENEFIT-CASE', 'CURIOSITY', null);
  const seen = counted();
  fc.assert(
    fc.property(
      grants,
      agreements,
      benefitGrant,
      purpose,
      requesters,
      (given, agreed, subject, stated, requester) => {
        const access = compileBenefitAccess(given, agreed, requester, { purpose: stated, today: TODAY });
        const expected = given.some((grant) =>
          agreed.some((a) => opensBenefit(subject, grant, a, stated, requester)),
        );
        seen.note(expected);
        expect(access.matches(subject)).toBe(expected);
        expect(testFilter(access.filter(), subject)).toBe(expected);
        const moment = { purpose: stated, today: TODAY };
        expect(explainBenefit(subject, given, agreed, requester, moment).permit).toBe(expected);
      },
    ),
    { numRuns: RUNS },
  );
  seen.enough();
});

test('control cases: a purpose, a theme, an agreement; dropped ones for six months and without consent only', () => {
  const purpose = fc.constantFrom('UDK-11A-CONSENT', 'UDK-11A-CONTROL', 'UDK-11A-CONTROL', 'CURIOSITY', null);
  const record = fc
    .record(
      {
        access: facts,
        controlThemes: fc.constantFrom<string[]>(['Enlig'], ['Enlig'], []),
        state: fc.constantFrom('DECIDED', 'CLOSED'),
        droppedOn: fc.constantFrom(null, '2025-11-29', '2025-11-30', '2026-05-01'),
      },
      options,
    )
    .map((generated) => ({ ...generated, isControl: generated.controlThemes.length > 0 }));
  const holder = fc.constantFrom<Grant[]>(
    [{ role: 'control-case-read', cvr: OWN }],
    [{ role: 'control-case-read', cvr: OWN }],
    [{ role: 'control-case-read', cvr: OWN }],
    [],
  );
  const seen = counted();
  fc.assert(
    fc.property(
      holder,
      agreements,
      record,
      purpose,
      requesters,
      (given, agreed, subject, stated, requester) => {
        const access = compileControlCaseAccess(given, agreed, requester, { purpose: stated, today: TODAY });
        const consent = stated === 'UDK-11A-CONSENT';
        const control = stated === 'UDK-11A-CONTROL';
        const recent = subject.droppedOn !== null && subject.droppedOn >= '2025-11-30';
        const expected =
          given.length > 0 &&
          (consent || control) &&
          subject.isControl &&
          (subject.state !== 'CLOSED' || (control && recent)) &&
          marks(subject.access, requester) &&
          subject.access.ownerCvr !== null &&
          subject.access.sensitivity !== null &&
          agreed.some(
            (a) =>
              a.cvr === OWN &&
              a.kinds.includes('cases') &&
              a.source === subject.access.source &&
              covers(a.kle, subject.access.kle) &&
              subject.access.sensitivity! <= a.sensitivity,
          );
        seen.note(expected);
        expect(access.matches(subject)).toBe(expected);
        expect(testFilter(access.filter(), subject)).toBe(expected);
      },
    ),
    { numRuns: RUNS },
  );
  seen.enough();
});

test('reach: home, or a tie the caller may see or know of; anyone with the national right', () => {
  const tie = fc
    .tuple(facts, fc.constantFrom('case' as const, 'document' as const, 'alert' as const, 'grant' as const))
    .map(([generated, kind]) => ({ ...generated, parties: [], kind }));
  const citizen = fc.record(
    {
      _id: fc.constantFrom(...PERSONS),
      homes: fc.array(
        fc.record(
          { cvr, from: fc.constantFrom('2000-01-01', plain.today, addDays(plain.today, 1)) },
          options,
        ),
        {
          maxLength: 2,
        },
      ),
      ties: fc.array(tie, { maxLength: 3 }),
    },
    options,
  );
  const openers = fc.subarray<Grant>([
    { role: 'citizen-read', cvr: OWN },
    { role: 'citizen-search-national', cvr: OWN },
  ]);
  const seen = counted();
  fc.assert(
    fc.property(
      grants,
      openers,
      agreements,
      citizen,
      fc.boolean(),
      requesters,
      (more, opening, agreed, subject, nationwide, who) => {
        // A tie carries no parties: it hangs on its person already.
        const requester = { ...who, lifted: [] };
        const given = [...opening, ...more.filter((grant) => grant.role !== 'citizen-read')];
        const reach = compileCitizenReach(given, agreed, requester, 'citizen-read', nationwide);
        const opener = opening.some(roleIs('citizen-read'));
        const national = nationwide && opening.some(roleIs('citizen-search-national'));
        const tied = subject.ties.some((t) => {
          if (t.kind === 'case')
            return mayRecord(t, given.filter(roleIs('case-read', 'case-exists')), agreed, 'cases', requester);
          if (t.kind === 'document')
            return mayRecord(t, given.filter(roleIs('document-read')), agreed, 'documents', requester);
          if (t.kind === 'alert')
            return mayRecord(t, given.filter(roleIs('alert-read')), agreed, 'alerts', requester);
          return mayRecord(
            t,
            given.filter(roleIs('benefit-read')),
            agreed.filter((a) => !a.crossAuthority),
            'benefits',
            requester,
          );
        });
        const lives = subject.homes.some((home) => home.cvr === OWN && !(home.from > requester.today));
        const expected = opener && !requester.barred.includes(subject._id) && (national || lives || tied);
        seen.note(expected);
        expect(reach.matches(subject)).toBe(expected);
        expect(testFilter(reach.filter(), subject)).toBe(expected);
      },
    ),
    { numRuns: RUNS },
  );
  seen.enough();
});

test('three months back is a calendar rule', () => {
  expect(threeMonthsBefore('2026-05-31')).toBe('2026-02-28');
  expect(threeMonthsBefore('2026-01-15')).toBe('2025-10-15');
  expect(threeMonthsBefore('2028-05-31')).toBe('2028-02-29');
});
