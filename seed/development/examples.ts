/** The three queries of the README and the start page; a test runs them as they stand. */
export const EXAMPLES = [
  {
    title: '1. Search by name',
    query: `query Search($criteria: CitizenSearchInput!) {
  searchCitizens(criteria: $criteria) {
    outcome
    countClass
    hits { edges { node { id name birthDate maskedCprNumber addressLine matchedBy } } }
  }
}`,
    variables: '{ "criteria": { "name": "bertram gammel" } }',
  },
  {
    title: '2. One overview across the source systems (put a hit’s id in)',
    query: `query Overview($id: ID!) {
  citizen(id: $id) {
    name
    badges
    cases {
      outcome
      sources { sourceSystem { code } state asOf }
      cases { totalCount edges { node { caseNumber title state sourceSystem { code name } } } }
    }
    documents { outcome documents { totalCount edges { node { title letterDate sourceSystem { code } } } } }
    benefits { outcome grants { edges { node { status startsOn benefits { name } payments { disposalDate grossOre } } } } }
    alerts { outcome alerts { edges { node { title receivedAt state sourceSystem { code } } } } }
  }
}`,
    variables: '{ "id": "…" }',
  },
  {
    title: '3. Who looked (as controller)',
    query: `query Log {
  auditLog(first: 10) {
    edges { node { at user event decision permission ruleCode citizenId operation purpose } }
  }
}`,
    variables: '{}',
  },
] as const;
