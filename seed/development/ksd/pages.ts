import { escapeHtml } from '../../../gateway/http/message-page.js';
import type { KsdCase } from './overblik.js';

const STYLE = `body{margin:0;font:16px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1d1d1d;background:#efe9df}
header{background:#6b2d1f;color:#fff;padding:.8rem 1.5rem;font-size:1.2rem}main{max-width:62rem;margin:1.5rem auto;background:#fff;padding:1rem 1.5rem;border:1px solid #cdbfae}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #cdbfae}
button{font:inherit;padding:.3rem .8rem;border:1px solid #6b2d1f;background:#fff;color:#6b2d1f;border-radius:3px;cursor:pointer}select{font:inherit}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>${escapeHtml(title)} – KSD</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>` +
  `<header>KSD <small>(stand-in til udvikling)</small></header><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;

/** @returns the stand-in's list of cases, each with the jump to the overview. */
export function listPage(cases: readonly KsdCase[], users: readonly string[]): string {
  const options = users.map((name) => `<option>${escapeHtml(name)}</option>`).join('');
  const rows = cases.map(
    ({ id, caseNumber, title, citizen, state }) =>
      `<tr><td><a href="/sag/${escapeHtml(id)}">${escapeHtml(caseNumber)}</a></td><td>${escapeHtml(title)}</td><td>${escapeHtml(citizen)}</td><td>${escapeHtml(state)}</td>` +
      `<td><button name="caseId" value="${escapeHtml(id)}" aria-label="Åbn ${escapeHtml(caseNumber)} i Overblik">Åbn i Overblik</button></td></tr>`,
  );
  return page(
    'Mine sager',
    `<form method="post" action="/jump"><p><label>Logget på som <select name="as">${options}</select></label>
<label>Vej <select name="way"><option value="ticket">billet</option><option value="link">krypteret link</option></select></label></p>
<table><thead><tr><th scope="col">Sag</th><th scope="col">Titel</th><th scope="col">Borger</th><th scope="col">Tilstand</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table></form>`,
  );
}

/** @returns a case in its own system: where a jump out of the overview lands. */
export function casePage({ caseNumber, title, citizen, state }: KsdCase): string {
  return page(
    `Sag ${caseNumber}`,
    `<p><strong>${escapeHtml(title)}</strong></p><p>Borger: ${escapeHtml(citizen)}</p><p>Tilstand: ${escapeHtml(state)}</p><p><a href="/">Mine sager</a></p>`,
  );
}

export function messagePage(text: string): string {
  return page('KSD', `<p>${escapeHtml(text)}</p><p><a href="/">Mine sager</a></p>`);
}
