import type { DevelopmentIdentityProvider, SignIn } from '../../../seed/development/identity-provider.js';
import type { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { manyGrants } from '../decisions.js';
import { plantPersonWithCases } from '../world.js';

/** Pairs of which one is large: what an overview costs with much beside with little. */
export interface PlantedGrowth {
  /** Persons' ids, by their number of cases. */
  readonly persons: Readonly<Record<string, string>>;
  /** Tokens for the typical citizen, by the number of grants they carry. */
  readonly tokens: Readonly<Record<string, string>>;
}

export const CASES = [10, 5000] as const;
export const GRANTS = [5, 200] as const;

const SINCE = new Date('2020-01-01T00:00:00Z');
const roleOf = (grants: number): string => `http://overblik.invalid/bench/${grants}-grants`;

/** Plants persons with few and with many cases, and job-function roles with few and with many grants. */
export async function plantGrowth(
  ports: ReturnType<typeof ingestPorts>,
  provider: DevelopmentIdentityProvider,
  signIn: SignIn,
): Promise<PlantedGrowth> {
  const persons: Record<string, string> = {};
  for (const count of CASES) persons[count] = await plantPersonWithCases(ports, count);
  await ports.access.configure(
    GRANTS.map((count) => ({ cvr: signIn.cvr, key: roleOf(count), content: mapping(count) })),
    SINCE,
  );
  const tokens: Record<string, string> = {};
  for (const count of GRANTS) {
    const user = { ...signIn, subject: `bench-${count}`, jobFunctionRoles: [roleOf(count)] };
    tokens[count] = await provider.issue(user, new Date());
  }
  return { persons, tokens };
}

const mapping = (count: number) => ({
  kind: 'mapping' as const,
  name: `${count} grants`,
  description: '',
  grants: [{ role: 'citizen-read' }, ...manyGrants(count)],
  validFrom: SINCE,
  validTo: null,
  caseNumber: null,
});
