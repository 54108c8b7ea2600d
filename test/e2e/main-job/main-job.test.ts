import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SUBGRAPH_NAMES } from '../../../schema/subgraph-names.js';
import {
  OVERVIEW,
  SEARCH,
  SEARCH_CASES,
  startAllInOne,
  startDistributed,
  type Answer,
  type Stack,
} from '../../kit/stack.js';

/** The main job end to end, all-in-one and distributed: the same sentences on both. */
const PURPOSE = { 'overblik-purpose': 'UDK-8-BENEFIT-CASE' };

const nodes = (connection: { edges: { node: any }[] } | null) =>
  (connection?.edges ?? []).map((edge) => edge.node);
const overview = (stack: Stack, signIn: string, id: string, headers = {}) =>
  stack.ask(signIn, OVERVIEW, { id }, { headers });

/** Codes of every source system a record of the answer names. */
function recordSources(answer: Answer): Set<string> {
  const codes = new Set<string>();
  const visit = (value: any, key: string): void => {
    if (Array.isArray(value)) value.forEach((item) => visit(item, key));
    else if (value && typeof value === 'object') {
      if (key !== 'sources' && value.sourceSystem) codes.add(value.sourceSystem.code);
      for (const [name, inner] of Object.entries(value)) if (name !== 'sources') visit(inner, name);
    }
  };
  visit(answer.data, '');
  return codes;
}

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
])('the main job, %s', (_mode, startStack) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ citizens: 60 });
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const search = async (criteria: object, signIn = 'benefit-caseworker') => {
    const answer = await stack.ask(signIn, SEARCH, { criteria });
    expect(answer.errors).toEqual([]);
    return answer.data.searchCitizens;
  };

  describe('search', () => {
    test('by personal number, with and without hyphen and spaces', async () => {
      const { cpr, citizenId } = stack.story('sickness-benefit');
      for (const cprNumber of [
        cpr,
        `${cpr.slice(0, 6)}-${cpr.slice(6)}`,
        ` ${cpr.slice(0, 6)} ${cpr.slice(6)} `,
      ]) {
        const found = await search({ cprNumber });
        expect(nodes(found.hits)).toEqual([
          expect.objectContaining({ id: citizenId, matchedBy: ['CPR_NUMBER'] }),
        ]);
      }
    });
    test('by a replacement number', async () => {
      const { cpr, citizenId } = stack.story('replacement-number');
      expect(nodes((await search({ cprNumber: cpr })).hits).map((hit) => hit.id)).toEqual([citizenId]);
    });
    test('by a former personal number', async () => {
      const { citizenId, name } = stack.story('changed-number');
      const byName = await search({ name });
      expect(nodes(byName.hits)).toHaveLength(1);
      const { data } = await stack.ask(
        'benefit-caseworker',
        'query($id:ID!){citizen(id:$id){maskedFormerCprNumbers badges}}',
        { id: citizenId },
      );
      expect(data.citizen.badges).toContain('CHANGED_CPR_NUMBER');
      expect(data.citizen.maskedFormerCprNumbers).toEqual([expect.stringMatching(/^170595-\*{4}$/)]);
    });
    test('by the beginnings of names in any order, with Danish letters however they are typed', async () => {
      const { citizenId } = stack.story('other-municipality-benefit');
      for (const name of ['Ægidius Tilflytterholm', 'tilfl ægi', 'AEGIDIUS', 'aegidius tilflytter'])
        expect(nodes((await search({ name })).hits).map((hit) => hit.id)).toEqual([citizenId]);
    });
    test('by address, by birth date, and by both', async () => {
      const { citizenId } = stack.story('sickness-benefit');
      const [hit] = nodes((await search({ address: 'eventyrstræde 1 9996' })).hits).filter(
        (node) => node.id === citizenId,
      );
      expect(hit).toMatchObject({ matchedBy: ['ADDRESS'], ownMunicipality: true });
      const both = await search({ birthDate: hit.birthDate, address: 'eventyrstraede' });
      expect(nodes(both.hits).map((node) => node.id)).toContain(citizenId);
    });
    test('by case number, whatever its letter case and spaces, with the person it concerns', async () => {
      const { citizenId, name } = stack.story('sickness-benefit');
      const { data } = await overview(stack, 'benefit-caseworker', citizenId);
      const caseNumber = nodes(data.citizen.cases.cases)[0].caseNumber as string;
      const answer = await stack.ask('benefit-caseworker', SEARCH_CASES, {
        caseNumber: ` ${caseNumber.toLowerCase()} `,
      });
      expect(answer.errors).toEqual([]);
      const [found] = nodes(answer.data.searchCases);
      expect(found.parties[0].citizen).toMatchObject({ id: citizenId, name });
    });
    test('a protected address is never found by address without the right to see it directly', async () => {
      const { citizenId } = stack.story('protected-address');
      const address = 'eventyrstræde';
      expect(nodes((await search({ address })).hits).map((hit) => hit.id)).not.toContain(citizenId);
      expect(nodes((await search({ address }, 'family-adviser')).hits).map((hit) => hit.id)).toContain(
        citizenId,
      );
      const [hit] = nodes((await search({ name: stack.story('protected-address').name })).hits);
      expect(hit.ownMunicipality).toBeNull();
      expect(hit.addressLine).toBeNull();
    });
    test('own municipality unless the right says otherwise', async () => {
      const { name, citizenId } = stack.story('stranger');
      expect(await search({ name })).toMatchObject({ countClass: 'NONE' });
      expect(await search({ name, nationwide: true })).toMatchObject({ countClass: 'NONE' });
      expect(await search({ name }, 'vip-cleared')).toMatchObject({ countClass: 'NONE' });
      const national = await search({ name, nationwide: true }, 'vip-cleared');
      expect(nodes(national.hits)).toEqual([
        expect.objectContaining({ id: citizenId, ownMunicipality: false }),
      ]);
    });
    test('pages in Danish name order, each person once', async () => {
      const criteria = { address: 'eventyrstræde' };
      const names: string[] = [];
      let after: string | null = null;
      do {
        const answer: Answer = await stack.ask('benefit-caseworker', SEARCH, { criteria, first: 7, after });
        const { hits } = answer.data.searchCitizens;
        names.push(...nodes(hits).map((hit) => hit.name as string));
        after = hits.pageInfo.hasNextPage ? hits.pageInfo.endCursor : null;
      } while (after !== null);
      expect(names.length).toBeGreaterThan(15);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual([...names].sort(new Intl.Collator('da').compare));
    });
  });

  describe('overview', () => {
    test('one answer across at least eight source systems, without `*` in the role', async () => {
      const sources = new Set<string>();
      for (const story of stack.gateway.stories()) {
        const answer = await overview(stack, 'benefit-caseworker', story.citizenId);
        expect(answer.errors).toEqual([]);
        for (const code of recordSources(answer)) sources.add(code);
      }
      expect([...sources].sort()).toEqual(
        expect.arrayContaining([
          'JOBCENTER',
          'KMD_SAG',
          'KP',
          'KSD',
          'KY',
          'SBSYS',
          'UDK_BOLIG',
          'UDK_PENSION',
        ]),
      );
      expect(sources).not.toContain('DUBU');
      expect(sources).not.toContain('EOJ');
    });
    test('child and care cases stay hidden from cash benefits, and shown where they belong', async () => {
      const { citizenId } = stack.story('every-system');
      const hidden = await overview(stack, 'benefit-caseworker', citizenId, PURPOSE);
      const codes = nodes(hidden.data.citizen.cases.cases).map((node) => node.sourceSystem.code);
      expect(codes.sort()).toEqual(['JOBCENTER', 'KMD_SAG', 'KP', 'KSD', 'KY', 'SBSYS']);
      expect(hidden.data.citizen.cases.cases.totalCount).toBe(6);
      expect(hidden.text).not.toMatch(/DUBU|EOJ|Børnefaglig/);
      const adviser = await overview(stack, 'family-adviser', citizenId);
      expect(
        nodes(adviser.data.citizen.cases.cases)
          .map((node) => node.sourceSystem.code)
          .sort(),
      ).toEqual(['DUBU', 'EOJ']);
    });
    test('other authorities’ benefits need a purpose and reach three months back', async () => {
      const { citizenId } = stack.story('three-months-back');
      const without = await overview(stack, 'benefit-caseworker', citizenId);
      expect(without.data.citizen.benefits.outcome).toBe('PARTLY');
      expect(without.data.citizen.benefits.sources).toContainEqual(
        expect.objectContaining({
          sourceSystem: expect.objectContaining({ code: 'UDK_BOLIG' }),
          state: 'PURPOSE_REQUIRED',
        }),
      );
      expect(nodes(without.data.citizen.benefits.grants)).toEqual([]);
      const withPurpose = await overview(stack, 'benefit-caseworker', citizenId, PURPOSE);
      expect(withPurpose.data.citizen.benefits.outcome).toBe('AVAILABLE');
      const grants = nodes(withPurpose.data.citizen.benefits.grants);
      expect(grants.map((grant) => grant.sourceSystem.code)).toEqual(['UDK_PENSION']);
      expect(grants[0]).toMatchObject({ crossAuthority: true });
      expect(grants[0].payments.length).toBeGreaterThanOrEqual(3);
      expect(grants[0].payments.length).toBeLessThanOrEqual(4);
    });
    test('another municipality’s benefit is shown the same way', async () => {
      const { citizenId } = stack.story('other-municipality-benefit');
      const { data } = await overview(stack, 'benefit-caseworker', citizenId, PURPOSE);
      expect(nodes(data.citizen.benefits.grants)).toEqual([
        expect.objectContaining({ crossAuthority: true }),
      ]);
    });
    test('a grant shows its visible lines only, and no total that would give the hidden one away', async () => {
      const { citizenId } = stack.story('hidden-benefit-line');
      const { data } = await overview(stack, 'benefit-caseworker', citizenId);
      const [grant] = nodes(data.citizen.benefits.grants);
      expect(grant.benefits.map((benefit: any) => benefit.name)).toEqual(['Kontanthjælp']);
      expect(grant.payments[0].lines.map((line: any) => line.text)).toEqual(['Kontanthjælp']);
      expect(grant.payments[0]).toMatchObject({ grossOre: null, paidOre: null });
      const cleared = await overview(stack, 'vip-cleared', citizenId);
      const [whole] = nodes(cleared.data.citizen.benefits.grants);
      expect(whole.benefits).toHaveLength(2);
      expect(whole.payments[0].grossOre).toBeGreaterThan(0);
    });
    test.each<[string, string, string, (citizen: any) => unknown, unknown]>([
      [
        'a grant without a visible payment is hidden whole',
        'grant-without-payment',
        'benefit-caseworker',
        (c) => nodes(c.benefits.grants),
        [],
      ],
      [
        'a specially protected case is hidden',
        'specially-protected',
        'benefit-caseworker',
        (c) => c.cases.cases.totalCount,
        1,
      ],
      ['and shown to the cleared', 'specially-protected', 'vip-cleared', (c) => c.cases.cases.totalCount, 2],
      [
        'a security profile lets the named unit in',
        'security-profile',
        'benefit-caseworker',
        (c) => nodes(c.cases.cases).map((node) => node.title),
        ['Forbeholdt Ydelsescentret'],
      ],
      ['and no clearance opens it', 'security-profile', 'vip-cleared', (c) => nodes(c.cases.cases), []],
      [
        'the display class hides from every caseworker',
        'display-class',
        'vip-cleared',
        (c) => nodes(c.cases.cases),
        [],
      ],
      [
        'a document more sensitive than its case is hidden',
        'sensitive-document',
        'benefit-caseworker',
        (c) => nodes(c.documents.documents).map((d) => d.title),
        ['Kvittering'],
      ],
      [
        'documents without a case go by their own area',
        'document-without-case',
        'benefit-caseworker',
        (c) => nodes(c.documents.documents).map((d) => d.title),
        ['Henvendelse uden sag'],
      ],
      [
        'a document on two cases names the visible one only',
        'document-on-two-cases',
        'benefit-caseworker',
        (c) => nodes(c.documents.documents).map((d) => d.cases.length),
        [1],
      ],
      [
        'the alternative title stands for the exempt one',
        'exempt-title',
        'benefit-caseworker',
        (c) => nodes(c.cases.cases)[0].title,
        'Sag om enkeltydelse',
      ],
      [
        'no unit and no handler are null, not guessed',
        'no-contact',
        'benefit-caseworker',
        (c) => [nodes(c.cases.cases)[0].responsibleUnit, nodes(c.cases.cases)[0].primaryHandler],
        [null, null],
      ],
      [
        'an alert whose case is hidden is hidden',
        'alert-behind-hidden-case',
        'benefit-caseworker',
        (c) => nodes(c.alerts.alerts),
        [],
      ],
      [
        'and shown with the case',
        'alert-behind-hidden-case',
        'vip-cleared',
        (c) => nodes(c.alerts.alerts).length,
        1,
      ],
      [
        'nothing known is available and empty',
        'nothing-known',
        'benefit-caseworker',
        (c) => [c.cases.outcome, nodes(c.cases.cases)],
        ['AVAILABLE', []],
      ],
      ['the dead are marked', 'dead', 'benefit-caseworker', (c) => [c.status, c.badges], ['DEAD', ['DEAD']]],
      [
        'the emigrated have no address',
        'emigrated',
        'benefit-caseworker',
        (c) => [c.address.visibility, c.address.current, c.household.visibility],
        ['NOT_REGISTERED', null, 'NOT_REGISTERED'],
      ],
      [
        'a stale source is named with its time',
        'elder-care',
        'family-adviser',
        (c) => [c.cases.outcome, c.cases.sources.find((s: any) => s.sourceSystem.code === 'EOJ').state],
        ['PARTLY', 'STALE'],
      ],
      [
        'the counter learns that a case exists, its area and whom to contact',
        'cash-benefit-family',
        'citizen-service',
        (c) => [c.cases.cases.totalCount, c.cases.restricted],
        [
          0,
          [
            {
              area: '32',
              areaTitle: 'Kontante ydelser',
              contact: { name: 'Ydelsescenter', contact: expect.stringContaining('Korsbæk') },
              whyNot: expect.objectContaining({ code: 'KLE' }),
            },
          ],
        ],
      ],
      [
        'the counter has no right to benefits',
        'cash-benefit-family',
        'citizen-service',
        (c) => [c.benefits.outcome, c.benefits.grants],
        ['NOT_PERMITTED', null],
      ],
      [
        'a case elsewhere brings a person within reach',
        'case-elsewhere',
        'benefit-caseworker',
        (c) => c.cases.cases.totalCount,
        1,
      ],
      [
        'a former home brings a person within reach',
        'moved-away',
        'other-municipality',
        (c) => c.cases.cases.totalCount,
        1,
      ],
    ])('%s', async (_says, slug, signIn, read, expected) => {
      const answer = await overview(stack, signIn, stack.story(slug).citizenId);
      expect(answer.errors).toEqual([]);
      expect(read(answer.data.citizen)).toEqual(expected);
    });
    test('family and household, each where they belong', async () => {
      const { citizenId } = stack.story('cash-benefit-family');
      const { data } = await overview(stack, 'benefit-caseworker', citizenId);
      expect(data.citizen.family.relatives).toEqual([
        expect.objectContaining({ relation: 'CHILD', name: 'Dagmar Rosenbækdal' }),
      ]);
      expect(data.citizen.household.members).toEqual([
        expect.objectContaining({ name: 'Dagmar Rosenbækdal' }),
      ]);
    });
    test('remarks in force are shown on top', async () => {
      const { data } = await overview(stack, 'benefit-caseworker', stack.story('every-system').citizenId);
      expect(data.citizen.remarks.remarks).toEqual([
        expect.objectContaining({ type: 'OBS Tolk', validTo: null }),
      ]);
    });
  });

  describe('whoever has no right meets nothing', () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    test('no-roles: no person, no hit, no section', async () => {
      for (const story of stack.gateway.stories()) {
        const answer = await overview(stack, 'no-roles', story.citizenId);
        expect(answer.data).toEqual({ citizen: null });
        expect(answer.errors).toEqual([]);
      }
      const { data } = await stack.ask('no-roles', SEARCH, { criteria: { name: stack.story('dead').name } });
      expect(data).toEqual({ searchCitizens: null });
    });
    test('another municipality: a citizen without ties gets exactly the answer of an unknown person', async () => {
      const untied = stack.gateway.stories().filter((story) => story.ties.length === 0);
      expect(untied[0]).toBe(stack.gateway.stories()[0]);
      expect(untied.length).toBeGreaterThan(10);
      const nobody = await overview(stack, 'other-municipality', unknown);
      for (const story of untied) {
        const answer = await overview(stack, 'other-municipality', story.citizenId);
        expect(answer.text).toBe(nobody.text);
        expect(answer.status).toBe(nobody.status);
        const found = await stack.ask('other-municipality', SEARCH, { criteria: { cprNumber: story.cpr } });
        expect(found.data.searchCitizens).toMatchObject({ countClass: 'NONE' });
      }
    });
    test.each(['role-admin', 'role-approver', 'controller'])(
      '%s sees no person by being an administrator',
      async (signIn) => {
        const answer = await overview(stack, signIn, stack.story('sickness-benefit').citizenId);
        expect(answer.data).toEqual({ citizen: null });
      },
    );
  });

  describe('a dead part costs its own section and no more', () => {
    const SECTIONS = {
      cases: 'cases',
      documents: 'documents',
      benefits: 'benefits',
      alerts: 'alerts',
    } as const;
    test.each(Object.keys(SECTIONS))(
      'without %s that section is null with one error at its path',
      async (name) => {
        const part = name as keyof typeof SECTIONS;
        await stack.stop(part);
        try {
          const answer = await overview(
            stack,
            'benefit-caseworker',
            stack.story('every-system').citizenId,
            PURPOSE,
          );
          expect(answer.status).toBe(200);
          expect(answer.data.citizen[part]).toBeNull();
          expect(answer.errors).toEqual([
            expect.objectContaining({
              path: ['citizen', part],
              extensions: {
                code: 'SECTION_UNAVAILABLE',
                requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
              },
            }),
          ]);
          for (const other of Object.keys(SECTIONS))
            if (other !== part) expect(answer.data.citizen[other].outcome).toMatch(/AVAILABLE|PARTLY/);
          expect(answer.data.citizen.name).toBe(stack.story('every-system').name);
          const ready = await fetch(`${stack.gateway.operationsUrl}/health/ready`);
          expect([ready.status, await ready.json()]).toEqual([200, { ready: true, down: [part] }]);
          const bare = await fetch(`${stack.url}/health/ready`);
          expect([bare.status, await bare.json()]).toEqual([200, { ready: true }]);
        } finally {
          await stack.start(part);
        }
      },
    );
    test('without citizens: PERSON_UNAVAILABLE, never "unknown"', async () => {
      await stack.stop('citizens');
      try {
        const answer = await overview(stack, 'benefit-caseworker', stack.story('dead').citizenId);
        expect(answer.data).toEqual({ citizen: null });
        expect(answer.errors).toEqual([
          expect.objectContaining({
            path: ['citizen'],
            extensions: expect.objectContaining({ code: 'PERSON_UNAVAILABLE' }),
          }),
        ]);
      } finally {
        await stack.start('citizens');
      }
    });
    test('without audit only log reading is lost', async () => {
      await stack.stop('audit');
      try {
        const answer = await overview(stack, 'benefit-caseworker', stack.story('dead').citizenId);
        expect(answer.errors).toEqual([]);
        const log = await stack.ask('controller', '{ auditLog(first: 1) { edges { node { id } } } }');
        expect(log.data).toEqual({ auditLog: null });
        expect(log.errors).toEqual([
          expect.objectContaining({
            path: ['auditLog'],
            extensions: expect.objectContaining({ code: 'PART_UNAVAILABLE' }),
          }),
        ]);
      } finally {
        await stack.start('audit');
      }
    });
    test('without access callers go on for at most five seconds, then ACCESS_UNAVAILABLE', async () => {
      const id = stack.story('dead').citizenId;
      expect((await overview(stack, 'benefit-caseworker', id)).errors).toEqual([]);
      await stack.stop('access');
      const stoppedAt = performance.now();
      try {
        let answer = await overview(stack, 'benefit-caseworker', id);
        while (answer.status === 200 && performance.now() - stoppedAt < 15_000)
          answer = await overview(stack, 'benefit-caseworker', id);
        expect(performance.now() - stoppedAt).toBeLessThan(20_000);
        expect([answer.status, answer.errors[0]!.extensions['code']]).toEqual([503, 'ACCESS_UNAVAILABLE']);
      } finally {
        await stack.start('access');
      }
      expect((await overview(stack, 'benefit-caseworker', id)).errors).toEqual([]);
    });
    test('each part was stopped in turn', () => {
      expect([...Object.keys(SECTIONS), 'citizens', 'audit', 'access'].sort()).toEqual(
        [...SUBGRAPH_NAMES].sort(),
      );
    });
  });
});
