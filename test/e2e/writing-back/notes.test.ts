import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { must } from '../../kit/administration.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';

const WRITE = `mutation Write($input: NoteInput!) { writeNote(input: $input) { id delivery title text mine } }`;
const DISCARD = `mutation Discard($id: ID!) { discardNote(id: $id) }`;
const UNDER_WAY = `{ notesUnderWay { id delivery refusal title text case { id } sourceSystem { code } } }`;
const OF_CASE = `query OfCase($id: ID!) { case(id: $id) { takesNotes
  notes { title text } handedNotes { id delivery title text mine refusal } } }`;

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('journal notes on their way to the source system, %s', (_mode, start) => {
  let stack: Stack;
  let key: JWK;
  const cases = { KSD: randomUUID(), JOBCENTER: randomUUID(), secret: randomUUID() };
  beforeAll(async () => {
    stack = await start();
    key = (await developmentKeys(stack.directory)).sourceSystems;
    await deliver('KSD', caseRecord(cases.KSD, 'KSD', '32.30.04', 2));
    await deliver('KSD', caseRecord(cases.secret, 'KSD', '32.30.04', 4));
    await deliver('JOBCENTER', caseRecord(cases.JOBCENTER, 'JOBCENTER', '32.27.00', 2));
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const person = () => stack.story('nothing-known');
  const caseRecord = (id: string, source: string, kle: string, sensitivity: number) => ({
    type: 'case',
    registeredAt: '2026-01-01T00:00:00Z',
    id,
    source,
    ownerCvr: KORSBAEK,
    kle,
    sensitivity,
    unit: unitId(KORSBAEK, 'sickness'),
    caseNumber: `NOTAT-${id.slice(0, 8)}`,
    title: 'Sygedagpenge',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${person().cpr}` }],
  });
  const call = async (system: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const token = await makeAssertion(systemId(system), key, 'overblik-feed', new Date());
    return fetch(`${stack.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  const deliver = async (system: string, record: object) => {
    const ndjson = { 'content-type': 'application/x-ndjson' };
    const response = await call(system, '/feed/v1/records', record, ndjson);
    expect(await response.json()).toMatchObject({ accepted: 1 });
  };
  const outbox = async (system: string): Promise<any[]> =>
    (await (await call(system, '/notes/v1/outbox')).json()).notes;
  const receipt = async (system: string, ...receipts: object[]) =>
    (await call(system, '/notes/v1/receipts', { receipts })).json();
  const note = (change: object = {}) => ({
    caseId: cases.KSD,
    citizenId: person().citizenId,
    title: 'Telefonsamtale',
    text: 'Ringede om partshøring.',
    ...change,
  });
  const write = async (change: object = {}) =>
    (await must(stack, 'benefit-caseworker', WRITE, { input: note(change) })).data.writeNote;
  const ofCase = async (signIn = 'benefit-caseworker', id = cases.KSD) =>
    (await must(stack, signIn, OF_CASE, { id })).data.case;

  test('a note is written, fetched by the case’s own system, and its text is kept no longer than that', async () => {
    const written = await write();
    expect(written).toMatchObject({ delivery: 'WAITING', title: 'Telefonsamtale', mine: true });
    const { id } = written;
    expect((await must(stack, 'benefit-caseworker', UNDER_WAY, {})).data.notesUnderWay).toContainEqual(
      expect.objectContaining({ id, delivery: 'WAITING', case: { id: cases.KSD } }),
    );
    // A colleague sees that there is a note, and not what stands in it.
    expect((await ofCase('vip-cleared')).handedNotes).toContainEqual({
      id,
      delivery: 'WAITING',
      title: null,
      text: null,
      mine: false,
      refusal: null,
    });
    expect(await outbox('KY')).toEqual([]);
    // Fetched twice: it stays until the source has said that it has it.
    for (let i = 0; i < 2; i++)
      expect(await outbox('KSD')).toContainEqual(
        expect.objectContaining({
          id,
          caseId: cases.KSD,
          text: 'Ringede om partshøring.',
          authority: KORSBAEK,
        }),
      );
    // Nobody else can settle it, and settling twice is no error.
    expect(await receipt('KY', { id, outcome: 'TAKEN' })).toEqual({ settled: [] });
    expect(await receipt('KSD', { id, outcome: 'TAKEN' })).toEqual({ settled: [id] });
    expect(await receipt('KSD', { id, outcome: 'TAKEN' })).toEqual({ settled: [] });
    expect(await outbox('KSD')).toEqual([]);
    expect((await ofCase()).handedNotes).toContainEqual(
      expect.objectContaining({ id, delivery: 'DELIVERED', title: null, text: null, mine: true }),
    );
    const store = stack.gateway.store.database('cases').collection('handedNotes');
    expect(JSON.stringify(await store.find({}).toArray())).not.toContain('partshøring');
    // What has arrived is deleted at its source, not here.
    expect((await must(stack, 'benefit-caseworker', DISCARD, { id })).data.discardNote).toBe(false);
  });

  test('a refused note tells its author why and keeps the text until the author clears it away', async () => {
    const { id } = await write({ text: 'Kan ikke modtages' });
    await receipt('KSD', { id, outcome: 'REFUSED', reason: 'Sagen er lukket' });
    const mine = (await must(stack, 'benefit-caseworker', UNDER_WAY, {})).data.notesUnderWay;
    expect(mine).toContainEqual(
      expect.objectContaining({
        id,
        delivery: 'REFUSED',
        refusal: 'Sagen er lukket',
        text: 'Kan ikke modtages',
      }),
    );
    expect((await must(stack, 'benefit-caseworker', DISCARD, { id })).data.discardNote).toBe(true);
    expect((await ofCase()).handedNotes.map((handedNote: any) => handedNote.id)).not.toContain(id);
  });

  test('where the source takes no notes, the right is missing or the person is another, nothing is written and it is said why', async () => {
    expect((await ofCase('benefit-caseworker', cases.JOBCENTER)).takesNotes).toBe(false);
    expect((await ofCase()).takesNotes).toBe(true);
    expect((await ofCase('vip-cleared')).takesNotes).toBeNull();
    for (const [signIn, change, refusal] of [
      ['benefit-caseworker', { caseId: cases.JOBCENTER }, { code: 'NOTE_NOT_TAKEN' }],
      [
        'benefit-caseworker',
        { citizenId: stack.story('every-system').citizenId },
        { code: 'PERSON_CHANGED' },
      ],
      ['benefit-caseworker', { caseId: cases.secret }, { code: 'BAD_INPUT', field: 'input.caseId' }],
      ['benefit-caseworker', { caseId: randomUUID() }, { code: 'BAD_INPUT', field: 'input.caseId' }],
      ['benefit-caseworker', { title: ' ' }, { code: 'BAD_INPUT', field: 'input.title' }],
      ['benefit-caseworker', { title: 'x'.repeat(256) }, { code: 'BAD_INPUT', field: 'input.title' }],
      ['benefit-caseworker', { text: '' }, { code: 'BAD_INPUT', field: 'input.text' }],
      ['benefit-caseworker', { text: 'æ'.repeat(51_201) }, { code: 'BAD_INPUT', field: 'input.text' }],
      ['vip-cleared', {}, { code: 'NOT_PERMITTED' }],
      ['other-municipality', {}, { code: 'BAD_INPUT', field: 'input.caseId' }],
    ] as const) {
      const answer = await stack.ask(signIn, WRITE, { input: note(change) });
      expect(answer.errors[0]!.extensions).toMatchObject(refusal);
    }
    expect(await outbox('KSD')).toEqual([]);
    expect((await write({ text: 'æ'.repeat(51_200), title: 'x'.repeat(255) })).delivery).toBe('WAITING');
  });

  test('a receipt that cannot be read names the field, and whoever is no system gets nothing', async () => {
    for (const [body, field] of [
      [{ receipts: [] }, 'receipts'],
      [{ receipts: [{ id: 'x', outcome: 'TAKEN' }] }, 'receipts.0.id'],
      [{ receipts: [{ id: randomUUID(), outcome: 'REFUSED' }] }, 'receipts.0.reason'],
      [{ receipts: [{ id: randomUUID(), outcome: 'LOST' }] }, 'receipts.0.outcome'],
      [{}, 'receipts'],
    ] as const) {
      const response = await call('KSD', '/notes/v1/receipts', body);
      expect(response.status).toBe(400);
      expect((await response.json()).errors[0].extensions).toMatchObject({
        code: 'BAD_INPUT',
        field,
      });
    }
    const token = await stack.token('vip-cleared');
    for (const headers of [{}, { authorization: `Bearer ${token}` }])
      expect((await fetch(`${stack.url}/notes/v1/outbox`, { headers })).status).toBe(401);
  });

  test('the municipality’s headings are offered to those who may write', async () => {
    expect((await must(stack, 'benefit-caseworker', '{ noteHeadings }', {})).data.noteHeadings).toContain(
      'Telefonsamtale',
    );
    expect((await must(stack, 'citizen-service', '{ noteHeadings }', {})).data.noteHeadings).toBeNull();
  });

  test('the sources view shows an administrator, and nobody else, how each source delivers', async () => {
    const SOURCES = `{ sources { id name takesNotes cases { state asOf records lagSeconds gaps } persons { state }
      documents { state } benefits { state } alerts { state } companies { state } organisation { state } classification { state } } }`;
    const { sources } = (await must(stack, 'role-admin', SOURCES, {})).data;
    const byCode = Object.fromEntries(sources.map((source: any) => [source.id, source]));
    expect(byCode.KSD).toMatchObject({
      name: 'Kommunernes Sygedagpengesystem',
      takesNotes: true,
      cases: { state: 'CURRENT' },
      persons: null,
    });
    expect(byCode.KSD.cases.records).toBeGreaterThan(1);
    expect(byCode.CPR).toMatchObject({ persons: { state: 'CURRENT' }, cases: null });
    expect(byCode.CVR.companies.state).toBe('CURRENT');
    expect(byCode.KLASSIFIKATION.classification.state).toBe('CURRENT');
    expect(byCode.ORGANISATION.organisation.state).toBe('CURRENT');
    expect((await must(stack, 'vip-cleared', SOURCES, {})).data.sources).toBeNull();
    await stack.stop('documents');
    const without = await stack.ask('role-admin', SOURCES);
    await stack.start('documents');
    expect(without.data.sources.find((source: any) => source.id === 'KSD')).toMatchObject({
      cases: { state: 'CURRENT' },
      documents: null,
    });
    expect(without.errors[0]!.extensions['code']).toBe('PART_UNAVAILABLE');
  });
});
