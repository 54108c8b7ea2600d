/** One entry per error a caller can meet. docs/errors.md is held equal to this by a test. */
export interface ErrorEntry {
  /** HTTP status when the whole request fails with it; errors inside a 200 answer carry it as well. */
  readonly status: number;
  readonly text: { readonly da: string; readonly en: string };
  /** Whether a caseworker sees the text; otherwise it is for operators and developers. */
  readonly forCaseworker: boolean;
}

export const ERROR_CATALOGUE = {
  UNAUTHENTICATED: {
    status: 401,
    text: { da: 'Log ind for at fortsætte.', en: 'Sign in to continue.' },
    forCaseworker: true,
  },
  NOT_PERMITTED: {
    status: 403,
    text: { da: 'Du har ikke adgang til dette.', en: 'You have no access to this.' },
    forCaseworker: true,
  },
  BAD_INPUT: {
    status: 400,
    text: { da: 'En værdi kan ikke bruges.', en: 'A value cannot be used.' },
    forCaseworker: true,
  },
  CURSOR_INVALID: {
    status: 400,
    text: { da: 'Listen har ændret sig. Hent den igen.', en: 'The list has changed. Load it again.' },
    forCaseworker: true,
  },
  PURPOSE_UNKNOWN: {
    status: 400,
    text: { da: 'Formålet er ukendt.', en: 'The purpose is unknown.' },
    forCaseworker: true,
  },
  OPERATION_UNKNOWN: {
    status: 400,
    text: { da: 'Siden er forældet. Genindlæs den.', en: 'The page is out of date. Reload it.' },
    forCaseworker: true,
  },
  OPERATION_INVALID: {
    status: 400,
    text: { da: 'Forespørgslen kan ikke forstås.', en: 'The request cannot be understood.' },
    forCaseworker: false,
  },
  OPERATION_NOT_STORED: {
    status: 400,
    text: {
      da: 'Kun gemte forespørgsler besvares her.',
      en: 'Only stored operations are answered here.',
    },
    forCaseworker: false,
  },
  ALIAS_RESERVED: {
    status: 400,
    text: {
      da: 'Et felt har fået et navn, som Overblik selv bruger.',
      en: 'A field was given a name that Overblik uses itself.',
    },
    forCaseworker: false,
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    text: { da: 'Forespørgslen er for stor.', en: 'The request is too large.' },
    forCaseworker: false,
  },
  BODY_TOO_LARGE: {
    status: 413,
    text: { da: 'Forespørgslen er for stor.', en: 'The request is too large.' },
    forCaseworker: false,
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    text: {
      da: 'Indholdet er i et format, der ikke læses.',
      en: 'The content is in a format that is not read.',
    },
    forCaseworker: false,
  },
  NOT_ACCEPTABLE: {
    status: 406,
    text: {
      da: 'Svaret findes ikke i det ønskede format.',
      en: 'There is no answer in the format asked for.',
    },
    forCaseworker: false,
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    text: { da: 'Metoden er ikke tilladt.', en: 'The method is not allowed.' },
    forCaseworker: false,
  },
  NOT_FOUND: {
    status: 404,
    text: { da: 'Siden findes ikke.', en: 'There is no such page.' },
    forCaseworker: true,
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    text: { da: 'For mange forespørgsler. Prøv igen om lidt.', en: 'Too many requests. Try again shortly.' },
    forCaseworker: true,
  },
  LOOK_UPS_EXCEEDED: {
    status: 429,
    text: {
      da: 'Du har nået grænsen for opslag i timen i din kommune. Vent lidt, eller tal med din leder.',
      en: 'You have reached the limit of look-ups an hour in your municipality. Wait a while, or speak to your manager.',
    },
    forCaseworker: true,
  },
  BUSY: {
    status: 503,
    text: {
      da: 'Der er travlt lige nu. Prøv igen om et øjeblik.',
      en: 'There is a lot to do right now. Try again in a moment.',
    },
    forCaseworker: true,
  },
  CHANGE_STALE: {
    status: 409,
    text: {
      da: 'En anden har ændret det imens. Intet er gemt.',
      en: 'Somebody else changed it meanwhile. Nothing was saved.',
    },
    forCaseworker: true,
  },
  CHANGE_STATE: {
    status: 409,
    text: { da: 'Det er ikke muligt på dette trin.', en: 'That is not possible at this step.' },
    forCaseworker: true,
  },
  PREVIEW_REQUIRED: {
    status: 409,
    text: {
      da: 'Se virkningen, før du foreslår ændringen.',
      en: 'Look at the impact before you propose the change.',
    },
    forCaseworker: true,
  },
  OWN_PROPOSAL: {
    status: 403,
    text: { da: 'Du kan ikke godkende dit eget forslag.', en: 'You cannot approve your own proposal.' },
    forCaseworker: true,
  },
  PROPOSAL_CHANGED: {
    status: 409,
    text: {
      da: 'Forslaget er ændret, siden du læste det.',
      en: 'The proposal has changed since you read it.',
    },
    forCaseworker: true,
  },
  SESSION_ENDED: {
    status: 401,
    text: { da: 'Din session er slut. Log på igen.', en: 'Your session has ended. Sign in again.' },
    forCaseworker: true,
  },
  NOT_OWN_PAGE: {
    status: 403,
    text: {
      da: 'Kaldet kommer ikke fra Overbliks egen side.',
      en: 'The request does not come from Overblik’s own page.',
    },
    forCaseworker: false,
  },
  NOTE_NOT_TAKEN: {
    status: 409,
    text: {
      da: 'Fagsystemet kan ikke modtage notater. Skriv notatet i fagsystemet.',
      en: 'The source system cannot take notes. Write the note there.',
    },
    forCaseworker: true,
  },
  PERSON_CHANGED: {
    status: 409,
    text: {
      da: 'Sagen hører ikke til den person, siden viser. Intet er gemt.',
      en: 'The case does not belong to the person on the page. Nothing was saved.',
    },
    forCaseworker: true,
  },
  LIFT_BLOCKED: {
    status: 403,
    text: {
      da: 'En tidligere åbning mangler at blive gennemgået. Du kan ikke åbne flere.',
      en: 'An earlier lift has not been reviewed in time. You cannot make another.',
    },
    forCaseworker: true,
  },
  LIFT_LIMIT: {
    status: 403,
    text: {
      da: 'Du har taget nødadgang så mange gange, som kommunen tillader på en dag.',
      en: 'You have broken the glass as often as the municipality allows in a day.',
    },
    forCaseworker: true,
  },
  LIFT_OUT_OF_REACH: {
    status: 403,
    text: {
      da: 'Der er ingen sådan person, som nødadgang kan åbne for dig.',
      en: 'There is no such person whom breaking the glass could open to you.',
    },
    forCaseworker: true,
  },
  SECTION_UNAVAILABLE: {
    status: 200,
    text: { da: 'Afsnittet kan ikke hentes lige nu.', en: 'The section cannot be loaded right now.' },
    forCaseworker: true,
  },
  PERSON_UNAVAILABLE: {
    status: 200,
    text: {
      da: 'Personoplysninger kan ikke hentes lige nu.',
      en: 'Person data cannot be loaded right now.',
    },
    forCaseworker: true,
  },
  PART_UNAVAILABLE: {
    status: 200,
    text: { da: 'En oplysning kan ikke hentes lige nu.', en: 'A piece of data cannot be loaded right now.' },
    forCaseworker: true,
  },
  INCOMPLETE: {
    status: 200,
    text: { da: 'En oplysning mangler i svaret.', en: 'A piece of data is missing from the answer.' },
    forCaseworker: true,
  },
  ACCESS_UNAVAILABLE: {
    status: 503,
    text: {
      da: 'Dine rettigheder kan ikke slås op lige nu. Prøv igen om lidt.',
      en: 'Your rights cannot be looked up right now. Try again shortly.',
    },
    forCaseworker: true,
  },
  AUDIT_UNAVAILABLE: {
    status: 503,
    text: {
      da: 'Opslaget kan ikke logges, og derfor vises intet.',
      en: 'The look-up cannot be logged, so nothing is shown.',
    },
    forCaseworker: true,
  },
  IDENTITY_REFUSED: {
    status: 401,
    text: { da: 'Kaldet er ikke underskrevet.', en: 'The call is not signed.' },
    forCaseworker: false,
  },
  INTERNAL: {
    status: 500,
    text: { da: 'Der opstod en fejl.', en: 'Something went wrong.' },
    forCaseworker: true,
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** @returns whether a text is a code of the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CATALOGUE, code);
}
