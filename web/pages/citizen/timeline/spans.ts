import { daysOf } from '../../../../subgraphs/shared/days/period.js';
import type { CitizenTimelineQuery } from '../../../generated/operations.js';

export const KINDS = ['cases', 'benefits', 'documents', 'address'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * Something that lasted, or happened on one day. Days are ISO days. `to` is null for what goes on; of what is kept as a period it is
 * the first day after it, of cases and documents the day itself.
 */
export interface Span {
  readonly key: string;
  readonly kind: Kind;
  readonly label: string;
  readonly from: string;
  readonly to: string | null;
}

type Citizen = NonNullable<CitizenTimelineQuery['citizen']>;

export interface Spans {
  /** Latest first. */
  readonly spans: readonly Span[];
  /** Kinds of which nothing, or not everything, is known: a gap that must not look like nothing. */
  readonly incomplete: readonly Kind[];
}

/** @returns what a person's timeline shows, and of which kinds it cannot tell everything. */
export function spansOf(citizen: Citizen): Spans {
  const spans = [
    ...caseSpans(citizen),
    ...grantSpans(citizen),
    ...documentSpans(citizen),
    ...addressSpans(citizen),
  ];
  return {
    spans: spans.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.key < b.key ? -1 : 1)),
    incomplete: KINDS.filter((kind) => !isWhole(citizen, kind)),
  };
}

function isWhole(citizen: Citizen, kind: Kind): boolean {
  if (citizen[kind]?.outcome !== 'AVAILABLE') return false;
  const list = {
    cases: citizen.cases?.cases,
    documents: citizen.documents?.documents,
    benefits: citizen.benefits?.grants,
  };
  const page = kind === 'address' ? undefined : list[kind];
  return page?.totalCount == null || page.totalCount === page.edges.length;
}

function caseSpans({ cases }: Citizen): Span[] {
  return (cases?.cases?.edges ?? []).flatMap(({ node: { id, title, openedOn, closedOn } }) =>
    openedOn === null ? [] : [{ key: id, kind: 'cases', label: title ?? '–', from: openedOn, to: closedOn }],
  );
}

function documentSpans({ documents }: Citizen): Span[] {
  return (documents?.documents?.edges ?? []).flatMap(({ node: { id, title, letterDate } }) =>
    letterDate === null
      ? []
      : [{ key: id, kind: 'documents', label: title ?? '–', from: letterDate, to: letterDate }],
  );
}

function grantSpans({ benefits }: Citizen): Span[] {
  return (benefits?.grants?.edges ?? []).flatMap(({ node: { id, startsOn, endsOn, benefits: parts } }) => {
    const label = parts?.map(({ name }) => name ?? '–').join(', ') ?? '–';
    return startsOn === null ? [] : [{ key: id, kind: 'benefits', label, from: startsOn, to: endsOn }];
  });
}

function addressSpans({ address }: Citizen): Span[] {
  const all = [...(address?.current ? [address.current] : []), ...(address?.history ?? [])];
  return all.flatMap(({ line, validFrom, validTo }) =>
    validFrom === null
      ? []
      : [
          {
            key: `${validFrom}${line ?? ''}`,
            kind: 'address',
            label: line ?? '–',
            from: validFrom,
            to: validTo,
          },
        ],
  );
}

/** Kinds that are kept as half-open periods. */
const PERIODS: readonly Kind[] = ['benefits', 'address'];

/** @returns the last day of a span, as a person reads it; null while it goes on. */
export function lastDayOf({ kind, from, to }: Span): string | null {
  return PERIODS.includes(kind) ? daysOf({ from, to }).last : to;
}

/** @returns the spans that touch the time from a day on. */
export function since(spans: readonly Span[], day: string | null): Span[] {
  return spans.filter((span) => day === null || (lastDayOf(span) ?? day) >= day);
}

const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** @returns how far a day lies between two others, from 0 to 1; days outside are at the nearer end. */
export function placeBetween(day: string, from: string, to: string): number {
  const [start, end] = [timeOf(from), timeOf(to)];
  if (end <= start) return 0;
  return Math.min(1, Math.max(0, (timeOf(day) - start) / (end - start)));
}

/** Most years that are written on the axis. */
const LABELS = 12;

/** @returns years whose beginnings are marked, thinned out when there are many. */
export function yearsBetween(from: string, today: string): number[] {
  const [first, last] = [Number(from.slice(0, 4)) + 1, Number(today.slice(0, 4))];
  const step = Math.max(1, Math.ceil((last - first + 1) / LABELS));
  const years: number[] = [];
  for (let year = first; year <= last; year += step) years.push(year);
  return years;
}
