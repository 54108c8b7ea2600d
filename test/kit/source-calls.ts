import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../gateway/auth/assertion.js';
import { KORSBAEK, unitId } from '../../seed/authorities.js';
import { systemId } from '../../seed/source-systems.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import type { Stack } from './stack.js';

export interface Called {
  readonly status: number;
  readonly answer: any;
}

/** What source systems of the development world send to a running gateway. */
export interface SourceCalls {
  /** Sends anything anywhere. @param headers beside the assertion */
  call(
    system: string,
    path: string,
    body: string | Uint8Array | undefined,
    headers?: Record<string, string>,
  ): Promise<Called>;
  /** Delivers records. */
  deliver(system: string, ...records: readonly object[]): Promise<any>;
  /** Pushes a message. */
  push(system: string, message: object): Promise<Called>;
}

/** @param spell how the systems write their own id */
export async function sourceCalls(
  stack: Stack,
  spell: (id: string) => string = (id) => id,
): Promise<SourceCalls> {
  const key: JWK = (await developmentKeys(stack.directory)).sourceSystems;
  const call: SourceCalls['call'] = async (system, path, body, headers = {}) => {
    const token = await makeAssertion(spell(systemId(system)), key, 'overblik-feed', new Date());
    const response = await fetch(`${stack.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    return { status: response.status, answer: text === '' ? null : JSON.parse(text) };
  };
  return {
    call,
    async deliver(system, ...records) {
      const body = records.map((record) => JSON.stringify(record)).join('\n');
      const type = { 'content-type': 'application/x-ndjson' };
      return (await call(system, '/feed/v1/records', body, type)).answer;
    },
    push: (system, message) =>
      call(system, '/messages/v1', JSON.stringify(message), { 'content-type': 'application/json' }),
  };
}

let numbers = 7200;

/** @returns a person as CPR delivers her, living in Korsbæk, with a number nobody else has. */
export function aPerson(change: object = {}): any {
  return {
    type: 'person',
    id: randomUUID(),
    registeredAt: '2026-01-01T12:00:00Z',
    source: 'CPR',
    cpr: `060690${numbers++}`,
    birthDate: '1990-06-06',
    name: 'Prøve Person',
    sex: 'FEMALE',
    civilStatus: 'UNMARRIED',
    addresses: [
      { line: 'Prøvevej 1, 9996 Korsbæk', municipalityCvr: KORSBAEK, from: '2020-01-01', to: null },
    ],
    ...change,
  };
}

/** @returns a case of KSD on a person that a benefit caseworker of Korsbæk may open. */
export function aCase(cpr: string, change: object = {}): any {
  return {
    type: 'case',
    id: randomUUID(),
    registeredAt: '2026-01-01T12:00:00Z',
    source: 'KSD',
    ownerCvr: KORSBAEK,
    kle: '32.30.04',
    sensitivity: 2,
    unit: unitId(KORSBAEK, 'sickness'),
    caseNumber: `PRØVE-${randomUUID().slice(0, 8)}`,
    title: 'Sygedagpenge',
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${cpr}` }],
    ...change,
  };
}
