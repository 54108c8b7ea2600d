import type { FastifyReply } from 'fastify';

/** A page that says one thing, in Danish and English, and where to go from here. */
export interface MessagePage {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly english: string;
  readonly requestId?: string;
  readonly link?: { readonly href: string; readonly label: string };
}

const STYLE = `body{margin:0;font:18px/1.55 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1a1a1a;background:#f4f6f8}
main{max-width:38rem;margin:12vh auto;background:#fff;border:1px solid #d4d8dc;border-radius:6px;padding:1.5rem 2rem}
h1{font-size:1.5rem;margin:.2rem 0 .6rem}.quiet{color:#51585f;font-size:.95rem}a{color:#0b5394}`;

/** @returns a text as it may stand in a page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Answers with a page that says one thing. */
export function sendPage(reply: FastifyReply, page: MessagePage): FastifyReply {
  const { link, requestId } = page;
  return reply
    .code(page.status)
    .type('text/html; charset=utf-8')
    .header('referrer-policy', 'no-referrer')
    .send(
      `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>${escapeHtml(page.title)} – Overblik</title>` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>` +
        `<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>` +
        `<p class="quiet" lang="en">${escapeHtml(page.english)}</p>` +
        (link ? `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a></p>` : '') +
        (requestId === undefined ? '' : `<p class="quiet">Henvisning: ${escapeHtml(requestId)}</p>`) +
        '</main></body></html>',
    );
}

/** One page for every refused sign-in: it tells whoever forges nothing of what went wrong. */
export const SIGN_IN_REFUSED = {
  status: 403,
  title: 'Du kunne ikke logges på',
  text: 'Login blev ikke godkendt. Prøv igen. Bliver det ved, så henvis til nummeret herunder, når du kontakter din support.',
  english:
    'The sign-in was not accepted. Try again, and quote the reference below to your support if it goes on.',
  link: { href: '/saml/login', label: 'Log på igen' },
} as const;

/** One page for every logout that an identity provider asked for and that is not carried out. */
export const LOGOUT_REFUSED = {
  status: 403,
  title: 'Du er måske stadig logget på',
  text: 'Overblik kunne ikke logge dig af herfra. Åbn Overblik, og vælg Log af, eller luk browseren.',
  english: 'Overblik could not sign you out from here. Open Overblik and sign out, or close the browser.',
  link: { href: '/', label: 'Til Overblik' },
} as const;

/** For an address from which more comes than people ask for. */
export const TOO_MANY_PAGE = {
  status: 429,
  title: 'For mange forespørgsler',
  text: 'Der kommer for mange forespørgsler fra dit netværk lige nu. Vent et minut, og prøv igen. Bliver det ved, så henvis til nummeret herunder, når du kontakter din support.',
  english:
    'Too many requests come from your network right now. Wait a minute and try again, and quote the reference below to your support if it goes on.',
  link: { href: '/', label: 'Til Overblik' },
} as const;

/** One page for every refused jump. */
export const JUMP_REFUSED = {
  status: 403,
  title: 'Henvisningen kan ikke åbnes',
  text: 'Linket kan ikke bruges. Gå tilbage til dit fagsystem, og åbn borgeren derfra igen.',
  english: 'The link cannot be used. Go back to your system and open the person from there again.',
  link: { href: '/', label: 'Til Overblik' },
} as const;
