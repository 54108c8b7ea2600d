import { TYPICAL } from '../world.js';

interface Node {
  readonly id: string;
  readonly payments?: readonly { readonly id: string; readonly paidOre: number }[];
  readonly [field: string]: unknown;
}
interface Section {
  readonly [field: string]: { readonly totalCount: number; readonly edges: readonly { node: Node }[] };
}

/** Lists of the overview, with the fields whose values every front must agree on. */
const LISTS = {
  cases: ['cases', 'caseNumber', 'title', 'kle', 'state', 'owner', 'responsibleUnit', 'sensitivity'],
  documents: ['documents', 'title', 'documentNumber', 'type', 'letterDate', 'kle', 'sensitivity'],
  benefits: ['grants', 'status', 'startsOn', 'reason', 'owner', 'benefits', 'case', 'sourceSystem'],
  alerts: ['alerts', 'eventType', 'title', 'state', 'receivedAt', 'kle', 'case', 'sourceSystem'],
} as const;

/** @returns the facts of a person in an answer, in an order of their own; throws when one is missing. */
export function factsOf(name: string, text: string): string {
  const { data, errors } = JSON.parse(text) as {
    data?: { citizen: Record<string, unknown> };
    errors?: unknown;
  };
  if (errors !== undefined || !data) throw new Error(`${name} answered with an error: ${text.slice(0, 300)}`);
  const { citizen } = data;
  const address = (citizen['address'] as { current: { line: string } }).current.line;
  const person = ['id', 'name', 'maskedCprNumber', 'birthDate', 'status', 'municipality'].map(
    (key) => citizen[key],
  );
  const lists = Object.entries(LISTS).map(([section, [list, ...fields]]) => {
    const { totalCount, edges } = (citizen[section] as Section)[list]!;
    const wanted = TYPICAL[list];
    if (totalCount !== wanted) throw new Error(`${name}: ${totalCount} of ${wanted} ${list}`);
    return edges.map(({ node }) => [node.id, ...fields.map((key) => sorted(node[key])), payments(node)]);
  });
  return JSON.stringify([person.map(sorted), address, lists.map((list) => list.sort(byId))]);
}

/** @returns where two texts of facts part. The persons are made up, so facts may be shown. */
export function differing(left: string, other: string): string {
  let at = 0;
  while (left[at] === other[at]) at++;
  return [left, other].map((text) => text.slice(Math.max(0, at - 120), at + 120)).join('\n  beside ');
}

function payments({ payments: list = [] }: Node): unknown[] {
  return list.map(({ id, paidOre }) => [id, paidOre]).sort(byId);
}

function byId([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}

/** @returns a value whose objects name their fields in the alphabet's order, without what only a store's record has. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
