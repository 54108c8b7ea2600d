import type { CitizenBenefitsQuery } from '../../generated/operations.js';

type Section = NonNullable<NonNullable<CitizenBenefitsQuery['citizen']>['benefits']>;
/** A benefit grant as the person’s page lists it. */
export type Grant = NonNullable<Section['grants']>['edges'][number]['node'];
/** One of its payments. */
export type GrantPayment = NonNullable<Grant['payments']>[number];
