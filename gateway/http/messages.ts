import { ERROR_CATALOGUE, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { MessagePage, PageLink, PageWords } from './message-page.js';

const page = (status: number, da: PageWords, en: PageWords, link?: PageLink | null): MessagePage => ({
  status,
  words: { da, en },
  ...(link !== undefined && { link }),
});
const words = (title: string, text: string): PageWords => ({ title, text });

const SIGN_IN: PageLink = { href: '/saml/login', label: { da: 'Log på', en: 'Sign in' } };
const SIGN_IN_AGAIN: PageLink = { href: '/saml/login', label: { da: 'Log på igen', en: 'Sign in again' } };

/** One page for every refused sign-in: it tells whoever forges nothing of what went wrong. */
export const SIGN_IN_REFUSED = page(
  403,
  words(
    'Du kunne ikke logges på',
    'Dit login blev ikke godkendt. Prøv igen. Kontakt din support, hvis det bliver ved.',
  ),
  words('You could not be signed in', 'The sign-in was not accepted. Try again, or contact your support.'),
  SIGN_IN_AGAIN,
);

/** One page for every logout that an identity provider asked for and that is not carried out. */
export const LOGOUT_REFUSED = page(
  403,
  words(
    'Du er måske stadig logget på',
    'Overblik kunne ikke logge dig af herfra. Åbn Overblik, og vælg Log af, eller luk browseren.',
  ),
  words(
    'You may still be signed in',
    'Overblik could not sign you out from here. Open Overblik and sign out, or close the browser.',
  ),
);

export const SIGNED_OUT = page(
  200,
  words('Du er logget af', 'Du er logget af Overblik.'),
  words('You are signed out', 'You are signed out of Overblik.'),
  SIGN_IN_AGAIN,
);

/** For an address from which more comes than people ask for. */
const TOO_MANY = page(
  429,
  words(
    'For mange forespørgsler',
    'Der kommer for mange forespørgsler fra dit netværk lige nu. Vent et minut, og prøv igen. Kontakt din support, hvis det bliver ved.',
  ),
  words(
    'Too many requests',
    'Too many requests come from your network right now. Wait a minute and try again, or contact your support.',
  ),
);

/** One page for every refused jump. */
export const JUMP_REFUSED = page(
  403,
  words('Linket kan ikke bruges', 'Gå tilbage til dit fagsystem, og åbn borgeren derfra igen.'),
  words('The link cannot be used', 'Go back to your system and open the person from there again.'),
);

/** A case that is gone and one that may not be seen get the same page. */
export const CASE_GONE = page(
  404,
  words('Sagen kan ikke åbnes', 'Sagen findes ikke længere, eller du har ikke adgang til den.'),
  words('The case cannot be opened', 'The case no longer exists, or you have no access to it.'),
);

/** The system has no address, or one on a host that is not allowed: the log tells them apart. */
export const NO_JUMP = page(
  404,
  words(
    'Fagsystemet kan ikke åbnes herfra',
    'Der er ikke et link til det fagsystem, sagen ligger i. Åbn fagsystemet selv, eller kontakt din administrator.',
  ),
  words(
    'The system cannot be opened from here',
    'There is no link to the system the case lives in. Open the system yourself, or contact your administrator.',
  ),
);

/** An installation for bearer tokens alone. */
export const NO_SIGN_IN = page(
  404,
  words('Her kan man ikke logge på', 'Overblik er ikke sat op med en log på-løsning her.'),
  words('Nobody can sign in here', 'No sign-in is set up for this installation.'),
  null,
);

/** The gateway is starting, or a part of it does not answer. */
export const UNAVAILABLE = page(
  503,
  words('Overblik svarer ikke lige nu', 'Vent et øjeblik, og prøv igen.'),
  words('Overblik does not answer right now', 'Wait a moment and try again.'),
);

const MISSING = page(
  404,
  words('Siden findes ikke', 'Tjek adressen, eller begynd fra forsiden.'),
  words('There is no such page', 'Check the address, or begin from the start.'),
);

const ENDED = page(
  401,
  words('Du er logget af', 'Log på for at fortsætte.'),
  words('You are signed out', 'Sign in to continue.'),
  SIGN_IN,
);

/** What has words of its own for somebody who reads a page. */
const BY_CODE: Partial<Record<ErrorCode, MessagePage>> = {
  NOT_FOUND: MISSING,
  UNAUTHENTICATED: ENDED,
  SESSION_ENDED: ENDED,
  TOO_MANY_REQUESTS: TOO_MANY,
  ACCESS_UNAVAILABLE: UNAVAILABLE,
  BUSY: UNAVAILABLE,
};

/** @returns the page for an error of the catalogue. */
export function pageFor(code: ErrorCode): MessagePage {
  const { status, text } = ERROR_CATALOGUE[code];
  return (
    BY_CODE[code] ??
    page(status, words('Det kunne ikke lade sig gøre', text.da), words('This could not be done', text.en))
  );
}
