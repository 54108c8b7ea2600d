import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { FJORDBY, KORSBAEK, UDK, unitId } from '../../../seed/authorities.js';
import { systemId } from '../../../seed/source-systems.js';
import { developmentKeys, newKey } from '../../../subgraphs/shared/settings/keys.js';
import { END, itemOf, must, until } from '../../kit/administration.js';
import { OVERVIEW, startAllInOne, startDistributed, startProcess, type Stack } from '../../kit/stack.js';

const AUDIENCE = 'overblik-feed';

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('the feed, %s', (_mode, start) => {
  let stack: Stack;
  let key: JWK;
  beforeAll(async () => {
    stack = await start();
    key = (await developmentKeys(stack.directory)).sourceSystems;
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const assertion = (code = 'KSD', by = key, audience = AUDIENCE, at = new Date()) =>
    makeAssertion(systemId(code), by, audience, at);
  const post = async (body: string | Buffer, headers: Record<string, string> = {}, token?: string) => {
    const response = await fetch(`${stack.url}/feed/v1/records`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `Bearer ${token ?? (await assertion())}`,
        ...headers,
      },
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: response.status, answer: await response.json() };
  };
  const send = (records: readonly object[], code = 'KSD') =>
    assertion(code).then((token) =>
      post(records.map((record) => JSON.stringify(record)).join('\n'), {}, token),
    );
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes)).toISOString();
  const urn = () => `urn:oio:cpr-nr:${stack.story('nothing-known').cpr}`;
  const aCase = (change: object = {}) => ({
    type: 'case',
    id: randomUUID(),
    registeredAt: at(0),
    source: 'KSD',
    ownerCvr: KORSBAEK,
    kle: '32.30.04',
    sensitivity: 2,
    unit: unitId(KORSBAEK, 'sickness'),
    caseNumber: `FEED-${randomUUID().slice(0, 8)}`,
    title: 'Sygedagpenge',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: urn() }],
    ...change,
  });
  const titleOf = async (id: string): Promise<string | undefined> => {
    const query = 'query ($id: ID!) { case(id: $id) { title } }';
    return (await must(stack, 'benefit-caseworker', query, { id })).data.case?.title;
  };

  test('a case, its document and a payment before its grant arrive, and the caseworker sees them', async () => {
    const made = aCase();
    const grantId = randomUUID();
    const money = { grossOre: 100_000, afterTaxOre: 60_000, sentOre: 60_000 };
    const payment = {
      type: 'payment',
      id: randomUUID(),
      registeredAt: at(0),
      source: 'KSD',
      grantId,
      ownerCvr: KORSBAEK,
      periodFrom: '2026-01-01',
      periodTo: '2026-01-31',
      disposalDate: '2026-01-31',
      ...money,
      lines: [{ text: 'Sygedagpenge', kle: '32.30.04', amountOre: 100_000 }],
    };
    const grant = {
      type: 'grant',
      id: grantId,
      registeredAt: at(0),
      source: 'KSD',
      ownerCvr: KORSBAEK,
      sensitivity: 2,
      status: 'ACTIVE',
      startsOn: '2026-01-01',
      party: urn(),
      benefits: [{ id: randomUUID(), name: 'Sygedagpenge', kle: '32.30.04', startsOn: '2026-01-01' }],
    };
    const document = {
      type: 'document',
      id: randomUUID(),
      registeredAt: at(0),
      source: 'KSD',
      ownerCvr: KORSBAEK,
      kle: '32.30.04',
      sensitivity: 2,
      title: 'Lægeattest',
      documentType: 'REPORT',
      state: 'FINAL',
      letterDate: '2026-01-02',
      caseIds: [made.id],
      parties: [urn()],
    };
    for (const record of [payment, document, grant, made]) {
      const { status, answer } = await send([record]);
      expect([status, answer.accepted]).toEqual([200, 1]);
    }
    const { citizen } = (
      await must(stack, 'benefit-caseworker', OVERVIEW, { id: stack.story('nothing-known').citizenId })
    ).data;
    expect(citizen.cases.cases.edges.map(({ node }: any) => node.id)).toContain(made.id);
    expect(citizen.documents.documents.edges.map(({ node }: any) => node.title)).toContain('Lægeattest');
    expect(citizen.benefits.grants.edges[0].node.payments).toMatchObject([{ grossOre: 100_000 }]);
  });

  test('a delivery about nobody who is known yet is taken', async () => {
    const nobody = { parties: [{ role: 'PRIMARY', person: 'urn:oio:cpr-nr:0302701234' }] };
    const [first, other] = [aCase(nobody), aCase(nobody)];
    expect((await send([first, other])).answer).toMatchObject({ delivered: 2, accepted: 2 });
    expect(await titleOf(first.id)).toBe('Sygedagpenge');
  });

  test('each record has its result, and the totals always add up', async () => {
    const known = aCase();
    await send([known]);
    const records = [
      aCase(),
      known,
      { ...known, registeredAt: at(5), title: 'Nyere' },
      { ...known, registeredAt: at(-5), title: 'Ældre' },
      aCase({ kle: '32..' }),
      'not json',
    ];
    const body = records
      .map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))
      .join('\n');
    const { answer } = await post(body);
    expect(answer.results.map((result: any) => result.result)).toEqual([
      'accepted',
      'duplicate',
      'accepted',
      'superseded',
      'rejected',
      'rejected',
    ]);
    expect(answer).toMatchObject({ delivered: 6, accepted: 2, duplicate: 1, superseded: 1, rejected: 2 });
    expect(answer.results[4]).toMatchObject({ field: 'kle', rule: 'a KLE topic number NN.NN.NN' });
    expect(await titleOf(known.id)).toBe('Nyere');
  });

  test.each<[string, (made: any) => object, string]>([
    ['a field nobody knows', (made) => ({ ...made, secret: 1 }), ''],
    ['another sender’s code', (made) => ({ ...made, source: 'KY' }), 'source'],
    ['an authority outside the agreement', (made) => ({ ...made, ownerCvr: UDK }), 'ownerCvr'],
    ['an area outside the agreement', (made) => ({ ...made, kle: '27.12.00' }), 'kle'],
    [
      'a time to come',
      (made) => ({ ...made, registeredAt: new Date(Date.now() + 3_600_000).toISOString() }),
      'registeredAt',
    ],
    ['no owner', ({ ownerCvr: _ownerCvr, ...made }) => made, 'ownerCvr'],
    [
      'a history without its beginning',
      (made) => ({ ...made, history: [{ state: 'DECIDED', on: '2026-01-01' }] }),
      'history',
    ],
    [
      'a party that is nobody',
      (made) => ({ ...made, parties: [{ role: 'PRIMARY', person: 'urn:oio:cpr-nr:9999999999' }] }),
      'parties.0.person',
    ],
    ['a kind it does not deliver', () => ({ type: 'person' }), ''],
  ])(
    'a record with %s is rejected by field and rule; its neighbours are taken',
    async (_says, change, field) => {
      const [before, after] = [aCase(), aCase()];
      const { status, answer } = await send([before, change(aCase()), after]);
      expect(status).toBe(200);
      expect(answer.results.map((result: any) => result.result)).toEqual([
        'accepted',
        'rejected',
        'accepted',
      ]);
      if (field !== '') expect(answer.results[1].field).toBe(field);
      if (field === 'parties.0.person') expect(answer.results[1].rule).toContain('urn:oio:cpr-nr:');
      expect(answer.results[1].rule).toEqual(expect.any(String));
      expect(JSON.stringify(answer.results[1])).not.toContain('9999999999');
    },
  );

  test('a body of 1 GB is refused when it is too long, and not read to its end', async () => {
    // Blank lines: nothing in it is a record, so nothing but its length can end it.
    const line = Buffer.alloc(64 << 10, '\n');
    const size = 1 << 30;
    let sent = 0;
    const body = Readable.from(
      (function* () {
        for (; sent < size; sent += line.length) yield line;
      })(),
    );
    const token = await assertion('KSD');
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request(
        `${stack.url}/feed/v1/records`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode!, text }));
        },
      );
      asked.on('error', reject);
      body.pipe(asked);
    });
    body.destroy();
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('BODY_TOO_LARGE');
    expect(sent).toBeLessThan(200 << 20);
  });

  test('a JSON array and a packed body are read too', async () => {
    const array = await post(JSON.stringify([aCase(), aCase()]), { 'content-type': 'application/json' });
    expect(array.answer).toMatchObject({ delivered: 2, accepted: 2 });
    const packed = await post(gzipSync(`${JSON.stringify(aCase())}\n`), { 'content-encoding': 'gzip' });
    expect(packed.answer).toMatchObject({ delivered: 1, accepted: 1 });
  });

  test('a body that breaks off is answered so, and what came before it stands', async () => {
    const made = aCase();
    const { status, answer } = await post(`${JSON.stringify(made)}\n${'x'.repeat(600_000)}`);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ delivered: 1, accepted: 1 });
    expect(answer.errors[0].extensions).toMatchObject({
      code: 'BAD_INPUT',
      field: 'body',
      rule: 'at most 512 kB a record',
    });
    expect(await titleOf(made.id)).toBe('Sygedagpenge');
  });

  test.each<[string, () => Promise<string>]>([
    ['nothing', () => Promise.resolve('x')],
    ['a key nobody registered', async () => assertion('KSD', { ...(await newKey()), kid: key.kid! })],
    ['an assertion for another address', () => assertion('KSD', key, 'overblik')],
    ['an assertion of an hour ago', () => assertion('KSD', key, AUDIENCE, new Date(Date.now() - 3_600_000))],
    ['an assertion from the future', () => assertion('KSD', key, AUDIENCE, new Date(Date.now() + 600_000))],
    ['a system nobody knows', () => assertion('NOWHERE')],
    ['a caseworker’s token', () => stack.token('vip-cleared')],
  ])('whoever brings %s is refused, and nothing is taken', async (_says, token) => {
    const made = aCase();
    const { status, answer } = await post(JSON.stringify(made), {}, await token());
    expect([status, answer.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await titleOf(made.id)).toBeUndefined();
  });

  test('a system changes its own records only: another’s id is rejected, and its notes do not enter another’s case', async () => {
    const made = aCase();
    await send([made]);
    const taken = { ...made, source: 'KY', kle: '32.24.04', registeredAt: at(30), title: 'Overtaget' };
    const note = {
      type: 'note',
      id: randomUUID(),
      registeredAt: at(0),
      source: 'KY',
      caseId: made.id,
      title: 'Fremmed',
      text: 'Fremmed',
      writtenOn: '2026-01-03',
    };
    const own = { ...note, id: randomUUID(), source: 'KSD', title: 'Egen' };
    const { answer } = await send([taken, note], 'KY');
    expect(answer.results).toMatchObject([{ result: 'rejected', field: 'id' }, { result: 'accepted' }]);
    await send([own]);
    const head = { registeredAt: at(0), ownerCvr: KORSBAEK };
    const grant = {
      ...head,
      type: 'grant',
      id: randomUUID(),
      source: 'KSD',
      sensitivity: 2,
      status: 'ACTIVE',
      startsOn: '2026-01-01',
      party: urn(),
      benefits: [{ id: randomUUID(), name: 'x', kle: '32.30.04', startsOn: '2026-01-01' }],
    };
    const payment = {
      ...head,
      type: 'payment',
      id: randomUUID(),
      source: 'KY',
      grantId: grant.id,
      periodFrom: '2026-01-01',
      periodTo: '2026-01-31',
      disposalDate: '2026-01-31',
      grossOre: 1,
      afterTaxOre: 1,
      sentOre: 1,
      lines: [{ text: 'x', kle: '32.30.04', amountOre: 1 }],
    };
    await send([grant]);
    await send([payment], 'KY');
    const overview = (
      await must(stack, 'benefit-caseworker', OVERVIEW, { id: stack.story('nothing-known').citizenId })
    ).data;
    // Nothing of its own has been paid on the grant, so it is hidden whole.
    expect(overview.citizen.benefits.grants.edges.map(({ node }: any) => node.id)).not.toContain(grant.id);
    const query = 'query ($id: ID!) { case(id: $id) { title notes { title } } }';
    const { data } = await must(stack, 'benefit-caseworker', query, { id: made.id });
    expect(data.case).toEqual({ title: 'Sygedagpenge', notes: [{ title: 'Egen' }] });
  });

  const rejects = async (code = 'KSD') => {
    const response = await fetch(`${stack.url}/feed/v1/rejects`, {
      headers: { authorization: `Bearer ${await assertion(code)}` },
    });
    return (await response.json()) as { rejects: any[]; next: string | null };
  };
  const settle = async (method: 'POST' | 'DELETE', id: string, body?: object, code = 'KSD') => {
    const response = await fetch(`${stack.url}/feed/v1/rejects/${id}`, {
      method,
      headers: {
        authorization: `Bearer ${await assertion(code)}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: response.status === 204 ? null : await response.json() };
  };

  test('rejects are kept for their sender: listed with the record, corrected, given up, settled by a later delivery', async () => {
    const [wrong, unknownTopic, later] = [
      aCase({ sensitivity: 9 }),
      aCase({ kle: '32.30.99' }),
      aCase({ title: '' }),
    ];
    const { answer } = await send([wrong, aCase(), unknownTopic, later]);
    expect(answer).toMatchObject({ delivered: 4, accepted: 1, rejected: 3 });
    expect(answer.results[2]).toMatchObject({ field: 'kle', rule: 'a topic of the classification' });
    const kept = (await rejects()).rejects.filter((reject) =>
      [wrong.id, unknownTopic.id, later.id].includes(reject.recordId),
    );
    expect(kept.map((reject) => JSON.parse(reject.record).id).sort()).toEqual(
      [wrong.id, unknownTopic.id, later.id].sort(),
    );
    const ofRecord = (id: string) => kept.find((reject) => reject.recordId === id)!;
    expect(ofRecord(wrong.id)).toMatchObject({ field: 'sensitivity', rule: expect.any(String) });
    // Nobody but the sender gets to see or settle them.
    expect((await rejects('KY')).rejects.map((reject) => reject.recordId)).not.toContain(wrong.id);
    expect((await settle('POST', ofRecord(wrong.id).id, { ...wrong, sensitivity: 2 }, 'KY')).status).toBe(
      404,
    );
    expect((await settle('POST', ofRecord(wrong.id).id)).answer).toMatchObject({ result: 'rejected' });
    const tooLong = await settle('POST', ofRecord(wrong.id).id, { ...wrong, title: 'x'.repeat(600_000) });
    expect([tooLong.status, tooLong.answer.errors[0].extensions.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect((await settle('POST', ofRecord(wrong.id).id, { ...wrong, sensitivity: 2 })).answer).toMatchObject({
      id: wrong.id,
      result: 'accepted',
    });
    expect((await settle('DELETE', ofRecord(unknownTopic.id).id)).status).toBe(204);
    expect((await settle('DELETE', ofRecord(unknownTopic.id).id)).status).toBe(404);
    expect((await send([{ ...later, title: 'Rettet' }])).answer).toMatchObject({ accepted: 1 });
    const left = (await rejects()).rejects.map((reject) => reject.recordId);
    for (const id of [wrong.id, unknownTopic.id, later.id]) expect(left).not.toContain(id);
  });

  test('an id is one type’s only; a corrected clock, an unknown field and a foreign authority are answered by field and rule', async () => {
    const id = randomUUID();
    const { answer } = await send([
      aCase({ id }),
      {
        type: 'note',
        id,
        registeredAt: at(0),
        source: 'KSD',
        caseId: id,
        title: 'x',
        text: 'x',
        writtenOn: '2026-01-01',
      },
      aCase({ registeredAt: new Date(Date.now() + 3_600_000).toISOString() }),
      aCase({ extra: 1 }),
      aCase({ ownerCvr: UDK }),
    ]);
    expect(answer.results.map(({ result, field, rule }: any) => [result, field, rule])).toEqual([
      ['accepted', undefined, undefined],
      ['rejected', 'id', 'an id no record of another type uses'],
      ['rejected', 'registeredAt', 'not in the future'],
      ['rejected', '', 'no unknown fields'],
      ['rejected', 'ownerCvr', 'an authority with a service agreement'],
    ]);
  });

  test('what its source deletes is gone with its history, and no older registration brings it back', async () => {
    const record = aCase();
    const removal = { type: 'removal', id: record.id, registeredAt: at(5), source: 'KSD', of: 'case' };
    const open = async () =>
      (await must(stack, 'vip-cleared', '{ case(id: "' + record.id + '") { id } }', {})).data.case;
    expect((await send([record])).answer.accepted).toBe(1);
    expect(await open()).toEqual({ id: record.id });
    expect((await send([removal])).answer.accepted).toBe(1);
    expect(await open()).toBeNull();
    expect((await send([{ ...record, registeredAt: at(4) }, removal])).answer).toMatchObject({
      superseded: 1,
      duplicate: 1,
    });
    expect(await open()).toBeNull();
    const foreign = await send([{ ...removal, registeredAt: at(9), source: 'KY' }], 'KY');
    expect(foreign.answer).toMatchObject({ rejected: 1 });
    expect((await send([{ ...record, registeredAt: at(6) }])).answer.accepted).toBe(1);
    expect(await open()).toEqual({ id: record.id });
  });

  test('a record that is ended logically shows to its last day and not on the day its validity ends', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const [ended, running] = [aCase({ validTo: today }), aCase({ validFrom: today, validTo: tomorrow })];
    expect((await send([ended, running])).answer.accepted).toBe(2);
    const open = async (id: string) =>
      (await must(stack, 'vip-cleared', `{ case(id: "${id}") { id } }`, {})).data.case;
    expect(await open(ended.id)).toBeNull();
    expect(await open(running.id)).toEqual({ id: running.id });
  });

  test('a case is read as it was registered at a time, under the rights of now; metrics count what was delivered', async () => {
    const record = aCase({ title: 'Første', registeredAt: at(1) });
    expect((await send([record])).answer.accepted).toBe(1);
    const later = { ...record, title: 'Anden', registeredAt: at(3) };
    const secret = { ...record, title: 'Hemmelig', sensitivity: 4, registeredAt: at(2) };
    expect((await send([later, secret])).answer).toMatchObject({ accepted: 1, superseded: 1 });
    const AS_OF = `query AsOf($id: ID!, $at: DateTime!) { case(id: $id) { title registeredAsOf(at: $at) { title registeredAt } } }`;
    const asOf = async (minute: number, signIn = 'vip-cleared') =>
      (await must(stack, signIn, AS_OF, { id: record.id, at: at(minute) })).data.case;
    expect(await asOf(0)).toEqual({ title: 'Anden', registeredAsOf: null });
    expect((await asOf(1)).registeredAsOf.title).toBe('Første');
    expect((await asOf(2)).registeredAsOf.title).toBe('Hemmelig');
    expect((await asOf(4)).registeredAsOf.title).toBe('Anden');
    expect((await asOf(1, 'benefit-caseworker')).registeredAsOf.title).toBe('Første');
    expect((await asOf(2, 'benefit-caseworker')).registeredAsOf).toBeNull();
    const metrics = await (await fetch(`${stack.gateway.operationsUrl}/metrics`)).text();
    expect(metrics).toMatch(/overblik_feed_records_total\{source="KSD",result="accepted"\} \d+/);
    expect(metrics).toMatch(/overblik_feed_records_total\{source="KSD",result="superseded"\} \d+/);
    const reported = (name: string) =>
      Number(
        new RegExp(`${name}\\{part="cases",source="KSD",authority="${KORSBAEK}"\\} (\\S+)`).exec(
          metrics,
        )?.[1],
      );
    expect(reported('overblik_source_last_delivery_timestamp_seconds')).toBeGreaterThan(
      Date.now() / 1000 - 600,
    );
    expect(reported('overblik_source_records')).toBeGreaterThan(2);
    expect(reported('overblik_source_lag_seconds')).toBeGreaterThanOrEqual(0);
  });

  test('parties who arrive later are found, under whatever number they were named by', async () => {
    const [cpr, former, id] = ['0101701234', '0101704321', randomUUID()];
    const [first, second] = [former, cpr].map((number) =>
      aCase({ parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${number}` }] }),
    ) as [any, any];
    expect((await send([first, second])).answer.accepted).toBe(2);
    const person = {
      type: 'person',
      id,
      registeredAt: at(0),
      source: 'CPR',
      cpr,
      formerCprs: [former],
      birthDate: '1970-01-01',
      name: 'Sen Ankomst',
      sex: 'FEMALE',
      civilStatus: 'UNMARRIED',
      addresses: [
        { line: 'Prøvevej 1, 9999 Korsbæk', municipalityCvr: KORSBAEK, from: '2020-01-01', to: null },
      ],
    };
    expect((await send([person], 'CPR')).answer.accepted).toBe(1);
    const QUERY = `query Cases($id: ID!) { citizen(id: $id) { cases { cases(first: 50) { edges { node { id } } } } } }`;
    const { data } = await must(stack, 'vip-cleared', QUERY, { id });
    const seen = data.citizen.cases.cases.edges.map((edge: any) => edge.node.id).sort();
    expect(seen).toEqual([first.id, second.id].sort());
  });

  test('a source that numbers its deliveries shows its gaps beside the list until they are filled', async () => {
    const numbered = async (sequence: number) => {
      const token = await assertion('KSD');
      const { answer } = await post(
        JSON.stringify(aCase()),
        { 'overblik-sequence': String(sequence) },
        token,
      );
      expect(answer.accepted).toBe(1);
      const QUERY = `query Sources($id: ID!) { citizen(id: $id) { cases { sources { sourceSystem { code } gaps lagSeconds records } } } }`;
      const id = stack.story('nothing-known').citizenId;
      const { data } = await must(stack, 'vip-cleared', QUERY, { id });
      return data.citizen.cases.sources.find((source: any) => source.sourceSystem.code === 'KSD');
    };
    expect(await numbered(7)).toMatchObject({ gaps: 0 });
    expect(await numbered(10)).toMatchObject({ gaps: 2 });
    expect(await numbered(8)).toMatchObject({ gaps: 1 });
    const last = await numbered(9);
    expect(last).toMatchObject({ gaps: 0 });
    expect(last.lagSeconds).toBeGreaterThan(0);
    expect(last.records).toBeGreaterThan(3);
  });

  test('remarks are Overblik’s own: no source system delivers them', async () => {
    const remark = {
      type: 'remark',
      id: randomUUID(),
      registeredAt: at(0),
      source: 'CPR',
      cvr: KORSBAEK,
      person: urn(),
      remarkType: 'OBS',
      text: 'x',
      validFrom: '2026-01-01',
    };
    expect((await send([remark], 'CPR')).answer.results).toMatchObject([
      { result: 'rejected', field: 'type' },
    ]);
  });

  test('an assertion is good once', async () => {
    const token = await assertion();
    expect((await post(JSON.stringify(aCase()), {}, token)).status).toBe(200);
    expect((await post(JSON.stringify(aCase()), {}, token)).status).toBe(401);
  });

  test('Udbetaling Danmark delivers what it owns', async () => {
    const grant = {
      type: 'grant',
      id: randomUUID(),
      registeredAt: at(0),
      source: 'UDK_BOLIG',
      ownerCvr: UDK,
      sensitivity: 2,
      status: 'ACTIVE',
      startsOn: '2026-01-01',
      party: urn(),
      benefits: [{ id: randomUUID(), name: 'Boligstøtte', kle: '32.06.04', startsOn: '2026-01-01' }],
    };
    expect((await send([grant], 'UDK_BOLIG')).answer).toMatchObject({ accepted: 1 });
  });

  test('a file is sent by the command, killed on its way, and goes on where it stopped: nothing lost, nothing twice', async () => {
    const file = join(stack.directory, 'delivery.ndjson');
    const records = Array.from({ length: 2000 }, (_, i) => aCase(i === 1500 ? { kle: '99' } : {}));
    writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
    const cases = stack.gateway.store.database('cases').collection('cases');
    const before = await cases.countDocuments();
    const run = () =>
      startProcess(
        'programs/feed.js',
        { DATA_DIR: stack.directory, OVERBLIK_MODE: 'development' },
        [],
        [file, '--system', 'KSD', '--url', `${stack.url}/feed/v1/records`],
      );
    const first = run();
    await until(() => Promise.resolve(existsSync(`${file}.progress`)));
    await first.kill();
    const second = run();
    const said = await second.says(/: \d+ delivered.*/);
    expect(said).toMatch(/1 rejected/);
    expect(readFileSync(`${file}.progress`, 'utf8')).toBe('2000');
    expect((await cases.countDocuments()) - before).toBe(1999);
    const rejects = readFileSync(`${file}.rejects.ndjson`, 'utf8').trim().split('\n');
    expect(rejects.map((reject) => JSON.parse(reject).field)).toContain('kle');
  }, 60_000);

  test('when the owner does not answer nothing is acknowledged, and the same delivery goes through later', async () => {
    const made = aCase();
    await stack.stop('cases');
    const refused = await send([made]);
    expect([refused.status, refused.answer.delivered]).toEqual([503, 0]);
    expect(refused.answer.errors[0].extensions.code).toBe('PART_UNAVAILABLE');
    await stack.start('cases');
    expect((await send([made])).answer.results[0].result).toMatch(/accepted|duplicate/);
    expect(await titleOf(made.id)).toBe('Sygedagpenge');
  }, 60_000);

  test('a system whose agreement has ended delivers nothing more for that authority', async () => {
    const { revision } = await itemOf(stack, 'AGREEMENT', 'KSD');
    await must(stack, 'role-admin', END, {
      target: { kind: 'AGREEMENT', key: 'KSD', revision },
      why: 'The system is being replaced.',
    });
    const { answer } = await send([aCase(), aCase({ ownerCvr: FJORDBY })]);
    expect(answer.results).toMatchObject([{ result: 'rejected', field: 'ownerCvr' }, { result: 'accepted' }]);
  });
});
