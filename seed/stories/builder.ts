import { present } from '../../subgraphs/shared/certain/present.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { AUTHORITIES, KORSBAEK, unitId } from '../authorities.js';
import { noon } from '../days.js';
import { sourceByCode } from '../source-systems.js';
import {
  type GrantInput,
  type GrantOptions,
  makeGrant,
  makeGrantAlert,
  type PaymentInput,
} from '../world/benefits.js';
import {
  type CaseInput,
  type CaseOptions,
  makeCase,
  makeCaseAlert,
  makeDocument,
  makeNote,
} from '../world/case-files.js';
import { birthDay, type PersonInput, type Sex, type World } from '../world/person.js';

/** A hand-written person: who it is and what the story shows. */
export interface StoryPerson {
  readonly given: string;
  readonly surname: string;
  readonly sex: Sex;
  readonly years: number;
  readonly more?: (story: StoryBuilder) => Partial<PersonInput>;
}

type CaseSpec = Partial<Omit<CaseOptions, 'source'>> & { readonly daysAgo?: number };
type GrantSpec = Partial<Omit<GrantOptions, 'source'>>;

/** Collects a story's records. Every method returns what it added, so that a story reads as a list of facts. */
export class StoryBuilder {
  readonly records: FeedInput[] = [];
  readonly person: PersonInput;

  constructor(
    readonly world: World,
    readonly number: number,
    { given, surname, sex, years, more }: StoryPerson,
  ) {
    const birthDate = birthDay(world, years);
    const person: PersonInput = {
      type: 'person',
      id: world.random.uuid(),
      registeredAt: noon(addDays(world.today, -20)),
      source: 'CPR',
      cpr: world.issueCpr(birthDate, sex),
      birthDate,
      name: `${given} ${surname}`,
      sex,
      civilStatus: 'UNMARRIED',
      addresses: [
        this.address(
          KORSBAEK,
          addDays(world.today, -3000) > birthDate ? addDays(world.today, -3000) : birthDate,
        ),
      ],
    };
    this.person = { ...person, ...more?.call(undefined, this) };
    this.records.push(this.person);
  }

  /** @returns an address in a municipality, on a street that only stories have. */
  address(municipalityCvr: string, from: string, to: string | null = null): PersonInput['addresses'][number] {
    const municipality = AUTHORITIES.find((authority) => authority.cvr === municipalityCvr);
    const { postcode, town } = present(municipality, 'the municipality of an address');
    return {
      line: `Eventyrstræde ${this.number}${to === null ? '' : 'B'}, ${postcode} ${town}`,
      municipalityCvr,
      from,
      to,
    };
  }

  daysAgo(days: number): string {
    return addDays(this.world.today, -days);
  }

  case(code: string, { daysAgo = 200, ...spec }: CaseSpec = {}): CaseInput {
    const made = makeCase(this.world, this.person.cpr, {
      source: sourceByCode(code),
      ownerCvr: KORSBAEK,
      sensitivity: 2,
      openedOn: this.daysAgo(daysAgo),
      ...spec,
    });
    this.records.push(made);
    return made;
  }

  document(filedOn: CaseInput, more: Parameters<typeof makeDocument>[3] = {}): void {
    this.records.push(makeDocument(this.world, this.person.cpr, filedOn, more));
  }

  note(filedOn: CaseInput): void {
    this.records.push(makeNote(this.world, filedOn));
  }

  /** A case with a document, a note and an alert, as most are. */
  wholeCase(code: string, spec: CaseSpec = {}): CaseInput {
    const made = this.case(code, spec);
    this.document(made);
    this.note(made);
    this.records.push(makeCaseAlert(this.world, this.person.cpr, made));
    return made;
  }

  caseAlert(about: CaseInput): void {
    this.records.push(makeCaseAlert(this.world, this.person.cpr, about));
  }

  grant(code: string, spec: GrantSpec = {}): [GrantInput, ...PaymentInput[]] {
    const source = sourceByCode(code);
    const made = makeGrant(this.world, this.person.cpr, {
      source,
      ownerCvr: source.ownerCvr ?? KORSBAEK,
      sensitivity: 2,
      monthsBack: 8,
      ...spec,
    });
    this.records.push(...made);
    return made;
  }

  grantAlert(grant: GrantInput): void {
    this.records.push(
      makeGrantAlert(this.world, this.person.cpr, grant, KORSBAEK, unitId(KORSBAEK, 'benefits')),
    );
  }

  remark(remarkType: string, text: string, validTo: string | null = null): void {
    this.records.push({
      type: 'remark',
      id: this.world.random.uuid(),
      registeredAt: noon(this.daysAgo(30)),
      source: 'OVERBLIK',
      cvr: KORSBAEK,
      person: `urn:oio:cpr-nr:${this.person.cpr}`,
      remarkType,
      text,
      validFrom: this.daysAgo(30),
      validTo,
    });
  }

  uuid(): string {
    return this.world.random.uuid();
  }

  /** Records of someone else of the story, a relative for instance. */
  also(person: PersonInput): void {
    this.records.push(person);
  }
}
