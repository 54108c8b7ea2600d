/** Why a sign-in is refused. The true reason is for the log; the user gets one neutral page. */
export type SamlRefusalCode =
  | 'SAML_TOO_LARGE'
  | 'SAML_NOT_READABLE'
  | 'SAML_DOCTYPE'
  | 'SAML_ALGORITHM'
  | 'SAML_NOT_REQUESTED'
  | 'SAML_DESTINATION'
  | 'SAML_ISSUER'
  | 'SAML_RECIPIENT'
  | 'SAML_REPLAYED'
  | 'SAML_INVALID'
  | 'SAML_STATUS'
  | 'SAML_ATTRIBUTES'
  | 'SAML_AUTHORITY'
  | 'SAML_ASSURANCE'
  | 'SAML_PRIVILEGES'
  | 'PROVIDER_UNKNOWN'
  | 'PROVIDER_CERTIFICATE_EXPIRED';

export class SamlRefusal extends Error {
  constructor(
    readonly code: SamlRefusalCode,
    /** The authority the sign-in was for, when that is known. */
    readonly cvr: string | null = null,
    /** More for the log: a code of ours, never a text of the response. */
    readonly detail: string | null = null,
  ) {
    super(code);
    this.name = 'SamlRefusal';
  }
}
