/** What a team's own SDL would be for the fields compared; values that several subgraphs answer are shareable. */
const SHARED = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  scalar Date
  scalar DateTime
  type KleTopic @shareable { number: String!  title: String }
  type Authority @shareable { cvr: String!  name: String }
  type SourceSystem @shareable { code: String!  name: String }
  type OrganisationUnit @shareable { id: ID!  name: String  contact: String }
  type SourceStatus @shareable { sourceSystem: SourceSystem!  state: String!  asOf: DateTime }
  type PageInfo @shareable { hasNextPage: Boolean!  endCursor: String }
`;

const citizens = `
  type Query { citizen(id: ID!): Citizen }
  type Citizen @key(fields: "id") {
    id: ID!
    name: String
    maskedCprNumber: String
    birthDate: Date
    sex: String
    civilStatus: String
    status: String
    statusSince: Date
    maskedFormerCprNumbers: [String!]
    registerAsOf: DateTime
    sourceSystem: SourceSystem
    municipality: Authority
    address: AddressSection
    family: FamilySection
    household: HouseholdSection
    remarks: RemarkSection
  }
  type AddressSection { SECTION  current: Address  history: [Address!] }
  type FamilySection { SECTION  relatives: [Relative!] }
  type Relative { relation: String  citizenId: ID  name: String  birthDate: Date }
  type HouseholdSection { SECTION  members: [HouseholdMember!] }
  type HouseholdMember { citizenId: ID  name: String  birthDate: Date }
  type RemarkSection { SECTION  remarks: [Remark!] }
  type Remark { id: ID!  type: String  text: String  validTo: Date  sourceSystem: SourceSystem }
  type Address { line: String  municipality: Authority  validFrom: Date  validTo: Date }
`;

const cases = `
  type Citizen @key(fields: "id") { id: ID!  cases: CaseSection }
  type CaseSection { SECTION  cases(first: Int = 20): CaseConnection }
  type CaseConnection { totalCount: Int  edges: [CaseEdge!]!  pageInfo: PageInfo! }
  type CaseEdge { node: Case! }
  type Case @key(fields: "id") {
    id: ID!
    caseNumber: String
    title: String
    kle: KleTopic
    facet: String
    state: String
    subStatus: String
    sensitivity: String
    owner: Authority
    responsibleUnit: OrganisationUnit
    primaryHandler: String
    openedOn: Date
    closedOn: Date
    sourceSystem: SourceSystem
  }
`;

const documents = `
  type Citizen @key(fields: "id") { id: ID!  documents: DocumentSection }
  type DocumentSection { SECTION  documents(first: Int = 20): DocumentConnection }
  type DocumentConnection { totalCount: Int  edges: [DocumentEdge!]!  pageInfo: PageInfo! }
  type DocumentEdge { node: Document! }
  type Document @key(fields: "id") {
    id: ID!
    title: String
    documentNumber: String
    type: String
    state: String
    letterDate: Date
    sensitivity: String
    kle: KleTopic
    cases: [Case!]
    sourceSystem: SourceSystem
  }
  type Case @key(fields: "id", resolvable: false) { id: ID! }
`;

const benefits = `
  type Citizen @key(fields: "id") { id: ID!  benefits: BenefitSection }
  type BenefitSection { SECTION  grants(first: Int = 20): BenefitGrantConnection }
  type BenefitGrantConnection { totalCount: Int  edges: [BenefitGrantEdge!]!  pageInfo: PageInfo! }
  type BenefitGrantEdge { node: BenefitGrant! }
  type BenefitGrant @key(fields: "id") {
    id: ID!
    status: String
    startsOn: Date
    endsOn: Date
    reason: String
    sensitivity: String
    owner: Authority
    benefits: [Benefit!]
    payments: [Payment!]
    case: Case
    sourceSystem: SourceSystem
  }
  type Benefit {
    id: ID!
    name: String
    kle: KleTopic
    startsOn: Date
    endsOn: Date
    repayable: Boolean
    frequency: String
  }
  type Payment {
    id: ID!
    periodFrom: Date
    periodTo: Date
    disposalDate: Date
    grossOre: Int
    afterTaxOre: Int
    sentOre: Int
    paidOre: Int
    lines: [PaymentLine!]
  }
  type PaymentLine { text: String  kle: KleTopic  amountOre: Int }
  type Case @key(fields: "id", resolvable: false) { id: ID! }
`;

const alerts = `
  type Citizen @key(fields: "id") { id: ID!  alerts: AlertSection }
  type AlertSection { SECTION  alerts(first: Int = 20): AlertConnection }
  type AlertConnection { totalCount: Int  edges: [AlertEdge!]!  pageInfo: PageInfo! }
  type AlertEdge { node: Alert! }
  type Alert @key(fields: "id") {
    id: ID!
    eventType: String
    eventCode: String
    title: String
    state: String
    receivedAt: DateTime
    kle: KleTopic
    receivingUnit: OrganisationUnit
    case: Case
    sourceSystem: SourceSystem
  }
  type Case @key(fields: "id", resolvable: false) { id: ID! }
`;

const OWN = { citizens, cases, documents, benefits, alerts } as const;

export type PlainName = keyof typeof OWN;
export const PLAIN_NAMES = Object.keys(OWN) as readonly PlainName[];

/** What every section has. */
const SECTION = 'outcome: String!  sources: [SourceStatus!]!';

/** @returns the SDL of a subgraph. */
export const typeDefsOf = (name: PlainName): string => `${SHARED}${OWN[name].replaceAll('SECTION', SECTION)}`;
