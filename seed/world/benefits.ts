import { present } from '../../subgraphs/shared/certain/present.js';
import { addDays, monthStart } from '../../subgraphs/shared/days/calendar.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { noon } from '../days.js';
import type { SourceSystem } from '../source-systems.js';
import type { AlertInput, CaseInput } from './case-files.js';
import { urn, type World } from './person.js';

export type GrantInput = Extract<FeedInput, { type: 'grant' }>;
export type PaymentInput = Extract<FeedInput, { type: 'payment' }>;

const NAMES: Readonly<Record<string, string>> = {
  KSD: 'Sygedagpenge',
  KY: 'Kontanthjælp',
  KP: 'Personligt tillæg',
  UDK_FAMILIE: 'Børne- og ungeydelse',
  UDK_BARSEL: 'Barselsdagpenge',
  UDK_BOLIG: 'Boligstøtte',
  UDK_PENSION: 'Folkepension',
  UDK_SAL: 'Særlig ydelse',
};

export interface GrantOptions {
  readonly source: SourceSystem;
  readonly ownerCvr: string;
  readonly kle?: string;
  readonly sensitivity: SensitivityRank;
  /** Months back the grant started. */
  readonly monthsBack: number;
  /** Months back it ended; undefined while it runs. */
  readonly endedMonthsBack?: number;
  readonly behind?: CaseInput;
  readonly more?: Partial<GrantInput>;
}

/** @returns a grant and its monthly payments, newest last. */
export function makeGrant(
  world: World,
  party: string,
  options: GrantOptions,
): [GrantInput, ...PaymentInput[]] {
  const { random, today } = world;
  const { source, ownerCvr, monthsBack, endedMonthsBack } = options;
  const kle = options.kle ?? random.pick(source.topics);
  const startsOn = monthStart(today, -monthsBack);
  const endsOn = endedMonthsBack === undefined ? null : monthStart(today, -endedMonthsBack);
  const name = ownValue(NAMES, source.code) ?? source.name;
  const grant: GrantInput = {
    type: 'grant',
    id: random.uuid(),
    registeredAt: noon(startsOn),
    source: source.code,
    ownerCvr,
    sensitivity: options.sensitivity,
    status: endsOn === null ? 'ACTIVE' : 'PASSIVE',
    startsOn,
    endsOn,
    reason: `Bevilget efter reglerne om ${name.toLowerCase()}.`,
    caseId: options.behind?.id ?? null,
    party: urn(party),
    benefits: [{ id: random.uuid(), name, kle, startsOn, endsOn, frequency: 'månedlig' }],
    ...options.more,
  };
  const gross = random.int(1500, 21_000) * 100;
  const months = Math.max(1, monthsBack - (endedMonthsBack ?? 0));
  const payments = Array.from({ length: months }, (_, i) =>
    makePayment(world, grant, kle, gross, monthStart(startsOn, i)),
  );
  return [grant, ...payments];
}

function makePayment(
  { random, today }: World,
  grant: GrantInput,
  kle: string,
  grossOre: number,
  periodFrom: string,
): PaymentInput {
  const periodTo = monthStart(periodFrom, 1);
  const disposalDate = addDays(periodTo, -1);
  const afterTaxOre = Math.round(grossOre * 0.66);
  const paid = disposalDate <= today;
  return {
    type: 'payment',
    id: random.uuid(),
    registeredAt: noon(periodFrom),
    source: grant.source,
    grantId: grant.id,
    ownerCvr: grant.ownerCvr,
    periodFrom,
    periodTo,
    disposalDate,
    grossOre,
    afterTaxOre,
    sentOre: afterTaxOre,
    paidOre: paid ? afterTaxOre : null,
    lines: [{ text: present(grant.benefits[0], 'the benefit of a grant').name, kle, amountOre: grossOre }],
  };
}

/** @returns an alert that a grant became active or passive, to the municipality that receives it. */
export function makeGrantAlert(
  world: World,
  party: string,
  grant: GrantInput,
  receiverCvr: string,
  unit: string,
): AlertInput {
  const passive = grant.status === 'PASSIVE';
  return {
    type: 'alert',
    id: world.random.uuid(),
    registeredAt: grant.registeredAt,
    source: grant.source,
    ownerCvr: receiverCvr,
    kle: present(grant.benefits[0], 'the benefit of a grant').kle,
    sensitivity: grant.sensitivity,
    unit,
    eventType: passive ? 'GRANT_PASSIVE' : 'GRANT_ACTIVE',
    title: passive ? 'Ydelse ophørt' : 'Ydelse bevilget',
    receivedAt: grant.registeredAt,
    party: urn(party),
  };
}
