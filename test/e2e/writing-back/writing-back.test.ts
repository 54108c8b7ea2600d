import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { must, until } from '../../kit/administration.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';

const WRITE = `mutation Write($input: RemarkInput!) { writeRemark(input: $input) { id type text validTo } }`;
const DELETE = `mutation Delete($id: ID!) { deleteRemark(id: $id) }`;
const REMARKS = `query Remarks($id: ID!) { citizen(id: $id) { remarks { remarks { id type text sourceSystem { code } } } } }`;

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('remarks and companies, %s', (_mode, start) => {
  let stack: Stack;
  let key: JWK;
  beforeAll(async () => {
    stack = await start();
    key = (await developmentKeys(stack.directory)).sourceSystems;
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const remark = (change: object = {}) => ({
    citizenId: stack.story('nothing-known').citizenId,
    type: 'OBS Tolk',
    text: 'Arabisk tolk',
    validTo: day(30),
    ...change,
  });
  const remarksOf = async (signIn: string) =>
    (await must(stack, signIn, REMARKS, { id: stack.story('nothing-known').citizenId })).data.citizen.remarks
      .remarks;

  test('a remark of one of the municipality’s types is written, seen by colleagues, and taken away', async () => {
    const types = await must(stack, 'citizen-service', '{ remarkTypes }', {});
    expect(types.data.remarkTypes).toContain('OBS Tolk');
    const { data } = await must(stack, 'citizen-service', WRITE, { input: remark() });
    expect(data.writeRemark).toMatchObject({ type: 'OBS Tolk', text: 'Arabisk tolk', validTo: day(30) });
    const { id } = data.writeRemark;
    expect(await remarksOf('benefit-caseworker')).toContainEqual({
      id,
      type: 'OBS Tolk',
      text: 'Arabisk tolk',
      sourceSystem: { code: 'OVERBLIK' },
    });
    const other = await stack.ask('benefit-caseworker', DELETE, { id });
    expect(other.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
    expect((await must(stack, 'citizen-service', DELETE, { id })).data.deleteRemark).toBe(true);
    expect((await must(stack, 'citizen-service', DELETE, { id })).data.deleteRemark).toBe(false);
    expect((await remarksOf('benefit-caseworker')).map((shown: any) => shown.id)).not.toContain(id);
  });

  test('a remark that cannot be written says which field breaks which rule, and nothing is written', async () => {
    const before = await remarksOf('citizen-service');
    for (const [change, field] of [
      [{ type: 'OBS Ukendt' }, 'input.type'],
      [{ text: ' ' }, 'input.text'],
      [{ validTo: day(-1) }, 'input.validTo'],
      [{ validTo: day(3000) }, 'input.validTo'],
      [{ citizenId: randomUUID() }, 'input.citizenId'],
      [{ citizenId: 'x' }, 'input.citizenId'],
    ] as const) {
      const answer = await stack.ask('citizen-service', WRITE, { input: remark(change) });
      expect(answer.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field });
    }
    const refused = await stack.ask('benefit-caseworker', WRITE, { input: remark() });
    expect(refused.errors[0]!.extensions['code']).toBe('NOT_PERMITTED');
    expect(await remarksOf('citizen-service')).toEqual(before);
  });

  test('persons opened lately and favourites are the user’s own, shown within reach alone, and logged', async () => {
    const OWN = `{ recentCitizens { id name } favouriteCitizens { id name isFavourite } }`;
    const act = async (name: string, id: string, signIn = 'benefit-caseworker') =>
      (await must(stack, signIn, `mutation Act($id: ID!) { ${name}(id: $id) }`, { id })).data[name];
    const own = async (signIn = 'benefit-caseworker') => (await must(stack, signIn, OWN, {})).data;
    const slugs = ['sickness-benefit', 'nothing-known', 'every-system'] as const;
    const [first, second, third] = slugs.map((slug) => stack.story(slug));
    const OPEN = `query Open($id: ID!) { citizen(id: $id) { id } }`;
    const recent = async () => (await own()).recentCitizens.map(({ id }: any) => id);
    for (const { citizenId } of [first!, second!, third!, first!]) {
      await must(stack, 'benefit-caseworker', OPEN, { id: citizenId });
      await until(async () => (await recent())[0] === citizenId);
    }
    expect(await recent()).toEqual([first!.citizenId, third!.citizenId, second!.citizenId]);
    expect(await act('addFavourite', second!.citizenId)).toBe(true);
    expect((await own()).favouriteCitizens).toEqual([
      { id: second!.citizenId, name: second!.name, isFavourite: true },
    ]);
    // Nobody else's, and nobody out of reach.
    expect(await own('family-adviser')).toEqual({ recentCitizens: [], favouriteCitizens: [] });
    for (const id of [randomUUID(), first!.citizenId]) {
      expect(await act('addFavourite', id, 'other-municipality')).toBe(false);
      expect((await must(stack, 'other-municipality', OPEN, { id })).data.citizen).toBeNull();
    }
    expect(await own('other-municipality')).toEqual({ recentCitizens: [], favouriteCitizens: [] });
    const refused = await stack.ask('no-roles', OWN, {});
    expect(refused.data).toEqual({ recentCitizens: null, favouriteCitizens: null });
    expect(await act('removeFavourite', second!.citizenId)).toBe(true);
    expect(await act('removeFavourite', second!.citizenId)).toBe(false);
    expect((await own()).favouriteCitizens).toEqual([]);
    const LOG = `query Log($id: ID!) { auditLog(filter: { citizenId: $id, user: "user-benefit-caseworker" }, first: 50) { edges { node { event } } } }`;
    const { data } = await must(stack, 'controller', LOG, { id: second!.citizenId });
    const events = data.auditLog.edges.map(({ node }: any) => node.event);
    expect(events).toEqual(expect.arrayContaining(['own-list-changed', 'listed']));
  });

  test('ten persons are remembered as opened lately; an eleventh pushes out the first, but no favourite', async () => {
    const slugs = ['nothing-known', 'sickness-benefit', 'every-system'];
    const others = stack.gateway.stories().filter(({ slug }) => !slugs.includes(slug));
    const act = async (name: string, id: string) =>
      (await must(stack, 'vip-cleared', `mutation Act($id: ID!) { ${name}(id: $id) }`, { id })).data[name];
    const [kept, ...more] = others;
    expect(await act('addFavourite', kept!.citizenId)).toBe(true);
    const opened: string[] = [];
    const OWN = `{ recentCitizens { id } favouriteCitizens { id } }`;
    const last = async () => (await must(stack, 'vip-cleared', OWN, {})).data.recentCitizens[0]?.id;
    for (const { citizenId: id } of [kept!, ...more.slice(0, 12)]) {
      const { data } = await must(stack, 'vip-cleared', `query Open($id: ID!) { citizen(id: $id) { id } }`, {
        id,
      });
      if (data.citizen === null) continue;
      opened.unshift(id);
      await until(async () => (await last()) === id);
    }
    expect(opened.length).toBeGreaterThan(11);
    const { data } = await must(stack, 'vip-cleared', OWN, {});
    expect(data.recentCitizens.map(({ id }: any) => id)).toEqual(opened.slice(0, 10));
    expect(data.favouriteCitizens).toEqual([{ id: kept!.citizenId }]);
  });

  test('a company is found by CVR and name, and shows the same sections as a citizen, within the caller’s rights', async () => {
    const [id, caseId] = [randomUUID(), randomUUID()];
    const deliver = async (system: string, record: object) => {
      const token = await makeAssertion(systemId(system), key, 'overblik-feed', new Date());
      const response = await fetch(`${stack.url}/feed/v1/records`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
        body: JSON.stringify(record),
      });
      expect(await response.json()).toMatchObject({ accepted: 1 });
    };
    const head = { registeredAt: '2026-01-01T00:00:00Z' };
    await deliver('KSD', {
      ...head,
      type: 'case',
      id: caseId,
      source: 'KSD',
      ownerCvr: KORSBAEK,
      kle: '32.30.04',
      sensitivity: 2,
      unit: unitId(KORSBAEK, 'sickness'),
      caseNumber: 'FIRMA-1',
      title: 'Refusion til arbejdsgiver',
      history: [{ state: 'ARISEN', on: '2026-01-01' }],
      parties: [{ role: 'SECONDARY', person: 'urn:oio:cvr-nr:13748136' }],
    });
    await deliver('CVR', {
      ...head,
      type: 'company',
      id,
      source: 'CVR',
      cvr: '13748136',
      name: 'Prøvefirma ApS',
      addressLine: 'Havnegade 1, 9999 Korsbæk',
      employees: 12,
      productionUnits: [{ pNumber: '1000000001', name: 'Prøvefirma Havnen' }],
    });
    const SEARCH = `query Find($criteria: CompanySearchInput!) { searchCompanies(criteria: $criteria) { id name cvrNumber } }`;
    const found = { id, name: 'Prøvefirma ApS', cvrNumber: '13748136' };
    for (const criteria of [{ cvrNumber: '13748136' }, { name: 'prøvef' }])
      expect((await must(stack, 'benefit-caseworker', SEARCH, { criteria })).data.searchCompanies).toEqual([
        found,
      ]);
    const OPEN = `query Company($id: ID!) { company(id: $id) { name employees productionUnits { pNumber name }
      cases { outcome cases { totalCount edges { node { id parties { role company { name } citizen { id } } } } } }
      documents { outcome } benefits { outcome } alerts { outcome } } }`;
    const open = async (signIn: string) => (await must(stack, signIn, OPEN, { id })).data.company;
    expect(await open('benefit-caseworker')).toMatchObject({
      name: 'Prøvefirma ApS',
      employees: 12,
      productionUnits: [{ pNumber: '1000000001', name: 'Prøvefirma Havnen' }],
      cases: {
        cases: {
          totalCount: 1,
          edges: [
            {
              node: {
                id: caseId,
                parties: [{ role: 'SECONDARY', company: { name: 'Prøvefirma ApS' }, citizen: null }],
              },
            },
          ],
        },
      },
    });
    expect((await open('family-adviser')).cases.cases.totalCount).toBe(0);
    expect((await stack.ask('no-roles', OPEN, { id })).data).toEqual({ company: null });
    const wrong = await stack.ask('benefit-caseworker', SEARCH, { criteria: { cvrNumber: '12345670' } });
    expect(wrong.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'criteria.cvrNumber' });
    const none = await stack.ask('benefit-caseworker', SEARCH, { criteria: {} });
    expect(none.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'criteria' });
  });
});
