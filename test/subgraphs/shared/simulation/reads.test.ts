import { expect, test } from '@jest/globals';
import { Guard } from '../../../../subgraphs/shared/guard/guard.js';
import { GATEWAY_CALLER, mintIdentity } from '../../../../subgraphs/shared/identity/internal-identity.js';
import type { RequestContext } from '../../../../subgraphs/shared/runtime/request-context.js';
import { SAMPLE_SIZE } from '../../../../subgraphs/shared/simulation/impact.js';
import { simulateImpact, type RecordSimulation } from '../../../../subgraphs/shared/simulation/reads.js';
import { WIDER_RULES } from '../../../../subgraphs/shared/policy/wider-rules.js';

interface Fact {
  readonly _id: string;
  readonly person: string;
  readonly isVisible: boolean;
}

const CVR = '12345678';
const fact = (person: string, i: number, isVisible: boolean): Fact => ({
  _id: `${person}-${i}`,
  person,
  isVisible,
});
/** An authority so large that a sample does not reach everybody. */
const sampled = Array.from({ length: SAMPLE_SIZE }, (_, i) => fact('somebody', i, i % 2 === 0));
const records = [
  ...sampled,
  ...Array.from({ length: 7 }, (_, i) => fact('visible', i, true)),
  ...Array.from({ length: 3 }, (_, i) => fact('hidden', i, false)),
];
const simulation: RecordSimulation<Fact> = {
  sample: (_permit, limit) => Promise.resolve(records.slice(0, limit)),
  ofPersons: (_permit, ids) => Promise.resolve(records.filter(({ person }) => ids.includes(person))),
  byId: () => Promise.resolve(null),
  visible: ({ isVisible }) => isVisible,
  decide: () =>
    ({ permit: false, rule: WIDER_RULES.NO_ROLE, grant: undefined, agreement: undefined }) as never,
  factsOf: () => ({ kle: null, sensitivity: null }),
};

/** @returns the impact an administrator is shown when these persons are named. */
function impact(citizenIds: string[], testPersons: string[] = []) {
  const requester = { subject: 'x', cvr: CVR, unit: null, barred: [], lifted: [] };
  const rights = { grants: [], agreements: [], requester, purpose: null };
  const { claims } = mintIdentity(
    {
      kind: 'simulate',
      hypothesis: { id: 'x', before: rights, after: rights, citizenIds, testPersons },
      audience: 'cases',
      caller: { ...GATEWAY_CALLER, cvr: CVR, grants: [{ role: 'access-administer', cvr: CVR }] },
      purpose: null,
      lookupId: null,
      requestId: 'x',
      operationName: null,
      body: { query: '', operationName: null, variables: {} },
    },
    new Date(),
  );
  const guard = new Guard({
    claims,
    audit: { append: () => Promise.resolve() },
    readAudit: { append: () => Promise.resolve() },
    now: () => new Date(),
    onError: (error) => {
      throw error;
    },
  });
  return simulateImpact({ guard, claims } as unknown as RequestContext, simulation);
}

test('naming citizens changes no figure: the difference of two previews would be theirs', async () => {
  const bare = await impact([]);
  expect(bare).toMatchObject({ examined: SAMPLE_SIZE, namedBefore: null, namedAfter: null });
  for (const named of [['visible'], ['hidden'], ['visible', 'hidden'], ['nobody']]) {
    const { namedBefore, namedAfter, ...figures } = (await impact(named))!;
    expect({ ...figures, namedBefore: null, namedAfter: null }).toEqual(bare);
    const amount = named.includes('visible') ? 'SOME' : 'NONE';
    expect([namedBefore, namedAfter]).toEqual([amount, amount]);
  }
});

test('test persons are counted exactly, beside citizens who are not', async () => {
  expect(await impact(['visible'], ['visible'])).toMatchObject({
    examined: SAMPLE_SIZE + 7,
    visibleAfter: SAMPLE_SIZE / 2 + 7,
    namedAfter: null,
  });
  expect(await impact(['visible', 'hidden'], ['hidden'])).toMatchObject({
    examined: SAMPLE_SIZE + 3,
    visibleAfter: SAMPLE_SIZE / 2,
    namedAfter: 'SOME',
  });
});
