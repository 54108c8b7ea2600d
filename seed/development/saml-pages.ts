import { escapeHtml } from '../../gateway/http/message-page.js';
import type { SignIn } from './identity-provider.js';

const STYLE = `body{margin:0;font:17px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1a1a1a;background:#eef1ee}
main{max-width:46rem;margin:6vh auto;background:#fff;border-top:6px solid #2f6b3a;padding:1.2rem 2rem 2rem}
h1{font-size:1.5rem}button{font:inherit;text-align:left;width:100%;padding:.6rem .9rem;margin:.25rem 0;border:1px solid #b9c4ba;background:#f7faf7;border-radius:4px;cursor:pointer}
button:hover,button:focus{border-color:#2f6b3a;background:#e7f1e8}strong{display:block}.quiet{color:#51585f}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;

/** @returns the page on which a development user is chosen. */
export function loginPage(signIns: readonly SignIn[], action: string): string {
  const buttons = signIns
    .map(
      ({ name, shows }) =>
        `<button name="as" value="${escapeHtml(name)}"><strong>${escapeHtml(name)}</strong><span class="quiet">${escapeHtml(shows)}</span></button>`,
    )
    .join('');
  return page(
    'Udviklingens identitetsudbyder',
    `<p class="quiet">Kun til udvikling. Vælg, hvem du er.</p><form method="post" action="${escapeHtml(action)}">${buttons}</form>`,
  );
}

/** @returns the page that carries a response to the service; without scripts its user presses the button. */
export function postPage(action: string, response: string): string {
  return page(
    'Du er logget på',
    `<form id="go" method="post" action="${escapeHtml(action)}"><input type="hidden" name="SAMLResponse" value="${response}"><button>Fortsæt til Overblik</button></form><script src="/post.js"></script>`,
  );
}

export const POST_SCRIPT = "document.getElementById('go').submit();";

/** @returns the page of a provider nobody came to with a request. */
export function homePage(signedInAs: string | undefined): string {
  return page(
    'Udviklingens identitetsudbyder',
    signedInAs === undefined
      ? '<p>Ingen er logget på her.</p>'
      : `<p>Logget på som <strong>${escapeHtml(signedInAs)}</strong></p><form method="post" action="/logout"><button>Log af overalt</button></form>`,
  );
}
