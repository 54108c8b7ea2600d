import type { SubgraphName } from '../subgraph-names.js';

const rows = (name: string, types: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(types).map(([type, model]) => [type, `../../subgraphs/${name}/models.js#${model}`]),
  );

/**
 * Which record stands behind a GraphQL type. A mapped type needs an explicit resolver for every field (checked by type
 * and by test/composition/resolvers.test.ts); every other type must come whole from its reader.
 */
export const MAPPERS: Readonly<Record<SubgraphName, Readonly<Record<string, string>>>> = {
  citizens: rows('citizens', {
    Citizen: 'CitizenModel',
    AddressSection: 'AddressSectionModel',
    FamilySection: 'FamilySectionModel',
    HouseholdSection: 'HouseholdSectionModel',
    RemarkSection: 'RemarkSectionModel',
    Address: 'AddressModel',
    Remark: 'RemarkModel',
    Company: 'CompanyModel',
    Simulation: 'SimulationKey',
    SourceOverview: 'SourceKey',
  }),
  cases: rows('cases', {
    Citizen: 'CitizenKey',
    Company: 'CitizenKey',
    CaseSection: 'CaseSectionModel',
    CaseConnection: 'CaseConnectionModel',
    Case: 'CaseModel',
    CaseRegistration: 'CaseModel',
    HandedNote: 'HandedNoteModel',
    RestrictedCase: 'RestrictedCaseModel',
    ControlCaseSection: 'ControlCaseSectionModel',
    ControlCase: 'ControlCaseModel',
    Simulation: 'SimulationKey',
    SourceOverview: 'SourceKey',
  }),
  documents: rows('documents', {
    Citizen: 'CitizenKey',
    Company: 'CitizenKey',
    Case: 'CaseKey',
    DocumentSection: 'DocumentSectionModel',
    DocumentConnection: 'DocumentConnectionModel',
    Document: 'DocumentModel',
    DocumentRegistration: 'DocumentModel',
    Simulation: 'SimulationKey',
    SourceOverview: 'SourceKey',
  }),
  benefits: rows('benefits', {
    Citizen: 'CitizenKey',
    Company: 'CitizenKey',
    Case: 'CaseKey',
    BenefitSection: 'BenefitSectionModel',
    BenefitGrantConnection: 'BenefitGrantConnectionModel',
    BenefitGrant: 'BenefitGrantModel',
    GrantRegistration: 'BenefitGrantModel',
    GrantedBenefit: 'GrantedBenefitModel',
    PaymentLine: 'PaymentLineModel',
    Simulation: 'SimulationKey',
    SourceOverview: 'SourceKey',
  }),
  alerts: rows('alerts', {
    Citizen: 'CitizenKey',
    Company: 'CitizenKey',
    Case: 'CaseKey',
    AlertSection: 'AlertSectionModel',
    AlertConnection: 'AlertConnectionModel',
    Alert: 'AlertModel',
    AlertInbox: 'AlertInboxModel',
    AlertGroup: 'AlertGroupModel',
    AlertChange: 'AlertChangeModel',
    Reminder: 'ReminderModel',
    SavedSearch: 'SavedSearchModel',
    Simulation: 'SimulationKey',
    SourceOverview: 'SourceKey',
  }),
  access: rows('access', {
    GovernedItem: 'GovernedItemModel',
    Simulation: 'SimulationModel',
    Lift: 'LiftModel',
    SourceOverview: 'SourceKey',
  }),
  audit: {},
};
