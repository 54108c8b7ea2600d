import type { IdentityClaims } from '../identity/caller.js';
import { type AlertAccess, compileAlertAccess, compileAlertHandling } from '../policy/alert-access.js';
import { type AdministeredGroup, coversGroup } from '../policy/alert-administration.js';
import { type BenefitAccess, compileBenefitAccess } from '../policy/benefit-access.js';
import { type CitizenReach, compileCitizenReach } from '../policy/citizen-reach.js';
import { compileControlCaseAccess, type ControlCaseAccess } from '../policy/control-case-access.js';
import { compileDocumentAccess, type DocumentAccess } from '../policy/document-access.js';
import { grantsOf } from '../policy/grants.js';
import type { Permission } from '../policy/permissions.js';
import { compileRecordAccess, type RecordAccess } from '../policy/record-access.js';
import { type Simulated, simulated } from './simulated.js';

/** What a permission lets its holder load. */
interface AccessByPermission {
  'citizen-search': { readonly reach: (nationwide: boolean) => CitizenReach };
  /** Entered beside citizen-search, whose reach is then the country. */
  'citizen-search-national': OwnAuthority;
  'citizen-read': {
    readonly reach: CitizenReach;
    readonly protectedDirectly: boolean;
    /** Whose lists of recent and favourite persons are meant. */
    readonly own: OwnAuthority;
  };
  'case-read': RecordAccess;
  'case-exists': RecordAccess;
  'note-read': RecordAccess;
  /** Cases a note may be written on, and those the caller sees at all: both must pass. */
  'note-write': { readonly write: RecordAccess; readonly read: RecordAccess; readonly own: OwnAuthority };
  'document-read': DocumentAccess;
  'benefit-read': BenefitAccess;
  'alert-read': AlertAccess;
  /** What the caller may see and may handle. */
  'alert-handle': AlertAccess & { readonly own: OwnAuthority };
  'alert-administer': OwnAuthority & {
    /** Whether the caller's constraints allow to make, change or end such a group. */
    readonly covers: (group: AdministeredGroup) => boolean;
  };
  'control-case-read': ControlCaseAccess;
  'remark-read': { readonly cvrs: readonly string[] };
  /** Remarks are written on persons within reach, for the own authority. */
  'remark-write': { readonly reach: CitizenReach; readonly own: OwnAuthority };
  'audit-read': { readonly cvrs: readonly string[] };
  /** The caller's own authority: mappings, agreements, settings and lifts are looked at and changed nowhere else. */
  'access-view': OwnAuthority;
  /** Units, users and classification of the own authority: what constraints, receivers and assignees are chosen from. */
  'choices-view': OwnAuthority;
  'access-administer': OwnAuthority;
  'access-approve': OwnAuthority;
  'break-glass': OwnAuthority;
  'access-simulate': Simulated;
  'access-preview': Simulated;
  'gateway-internal': { readonly gateway: true };
}

interface OwnAuthority {
  readonly cvr: string;
  readonly subject: string;
}

export type AccessFor<P extends Permission> = AccessByPermission[P];

/**
 * Proof that the guard let a read begin. Sources take one as their first argument and filter by its `access`, so a read
 * that forgets the guard does not compile. Only the guard makes permits.
 */
export class Permit<P extends Permission> {
  /** Makes a look-alike another type: an object of the same members is no permit. */
  protected readonly issued = true;

  private constructor(
    readonly permission: P,
    readonly access: AccessFor<P>,
  ) {}

  /** For the guard alone; an import border test holds everything else away from it. */
  static issue<P extends Permission>(permission: P, access: AccessFor<P>): Permit<P> {
    return new Permit(permission, access);
  }
}

type Compilers = {
  readonly [P in Permission]: (claims: IdentityClaims, today: string) => AccessByPermission[P];
};

const cvrsOf = (claims: IdentityClaims, role: 'remark-read' | 'audit-read') => ({
  cvrs: [...new Set(grantsOf(claims.caller.grants, [role]).map((grant) => grant.cvr))],
});

const ownAuthority = ({ caller: { cvr, subject } }: IdentityClaims): OwnAuthority => ({ cvr, subject });

const casesBy =
  (role: 'case-read' | 'case-exists') =>
  ({ caller }: IdentityClaims, today: string) =>
    compileRecordAccess(grantsOf(caller.grants, [role]), caller.agreements, 'cases', { ...caller, today });

/** How the caller's grants become access, per permission. */
export const COMPILE: Compilers = {
  'citizen-search': ({ caller }, today) => ({
    reach: (nationwide) =>
      compileCitizenReach(
        caller.grants,
        caller.agreements,
        { ...caller, today },
        'citizen-search',
        nationwide,
      ),
  }),
  'citizen-search-national': ownAuthority,
  'citizen-read': (claims, today) => {
    const { grants, agreements } = claims.caller;
    return {
      reach: compileCitizenReach(grants, agreements, { ...claims.caller, today }, 'citizen-read', true),
      protectedDirectly: grantsOf(grants, ['address-protected-direct']).length > 0,
      own: ownAuthority(claims),
    };
  },
  'case-read': casesBy('case-read'),
  'case-exists': casesBy('case-exists'),
  'note-read': ({ caller }, today) =>
    compileRecordAccess(grantsOf(caller.grants, ['note-read']), caller.agreements, 'cases', {
      ...caller,
      today,
    }),
  'note-write': (claims, today) => {
    const { caller } = claims;
    // Break-glass opens what is there to be read; it writes nothing.
    const requester = { ...caller, lifted: [], today };
    const write = grantsOf(caller.grants, ['note-write']);
    return {
      write: compileRecordAccess(write, caller.agreements, 'cases', requester),
      read: casesBy('case-read')(claims, today),
      own: ownAuthority(claims),
    };
  },
  'document-read': ({ caller }, today) =>
    compileDocumentAccess(caller.grants, caller.agreements, { ...caller, today }),
  'benefit-read': ({ caller, purpose }, today) =>
    compileBenefitAccess(caller.grants, caller.agreements, { ...caller, today }, { purpose, today }),
  'alert-read': ({ caller }, today) =>
    compileAlertAccess(caller.grants, caller.agreements, { ...caller, today }),
  'alert-handle': (claims, today) => {
    const { grants, agreements } = claims.caller;
    const access = compileAlertHandling(grants, agreements, { ...claims.caller, today });
    return { ...access, own: ownAuthority(claims) };
  },
  'alert-administer': (claims) => {
    const own = ownAuthority(claims);
    const grants = grantsOf(claims.caller.grants, ['alert-administer']).filter(({ cvr }) => cvr === own.cvr);
    return { ...own, covers: (group) => coversGroup(grants, group) };
  },
  'remark-write': (claims, today) => ({
    reach: compileCitizenReach(
      claims.caller.grants,
      claims.caller.agreements,
      { ...claims.caller, today },
      'citizen-read',
      true,
    ),
    own: ownAuthority(claims),
  }),
  'remark-read': (claims) => cvrsOf(claims, 'remark-read'),
  'audit-read': (claims) => cvrsOf(claims, 'audit-read'),
  'control-case-read': ({ caller, purpose }, today) =>
    compileControlCaseAccess(caller.grants, caller.agreements, { ...caller, today }, { purpose, today }),
  'access-view': ownAuthority,
  'choices-view': ownAuthority,
  'access-administer': ownAuthority,
  'access-approve': ownAuthority,
  'break-glass': ownAuthority,
  'access-simulate': simulated,
  'access-preview': simulated,
  'gateway-internal': () => ({ gateway: true }),
};
