/** What can be wrong with a token or a privilege list. */
export type TokenProblem =
  | 'TOKEN_UNREADABLE'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_CLAIMS'
  | 'SIGNATURE_NOT_CHECKED'
  | 'OTHER_AUTHORITY'
  | PrivilegeListProblem
  | PrivilegeGroupProblem;

/** Why a whole privilege list is refused. */
export type PrivilegeListProblem =
  | 'PRIVILEGES_NOT_BASE64'
  | 'PRIVILEGES_TOO_LARGE'
  | 'PRIVILEGES_NOT_UTF8'
  | 'PRIVILEGES_DOCTYPE'
  | 'PRIVILEGES_NOT_XML';

/** Why a group of a privilege list gives nothing. */
export type PrivilegeGroupProblem =
  'GROUP_INVALID' | 'SCOPE_UNKNOWN' | 'SCOPE_FOREIGN' | 'CONSTRAINT_UNKNOWN' | 'CONSTRAINT_INVALID';

/** A privilege list that is refused as a whole. Carries no text of the list. */
export class PrivilegeListError extends Error {
  constructor(readonly problem: PrivilegeListProblem) {
    super(problem);
    this.name = 'PrivilegeListError';
  }
}
