import { escapeHtml } from '../pages/message-page.js';
import type { LandingAnswer } from './query.js';

export type { LandingAnswer };
type Citizen = NonNullable<LandingAnswer['citizen']>;
type Case = NonNullable<LandingAnswer['case']>;

const STYLE = `body{margin:0;font:16px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1a1a1a;background:#f4f6f8}
header{background:#0b5394;color:#fff}header>div,main{max-width:62rem;margin:0 auto;padding:1rem}h1{margin:.2rem 0;font-size:1.7rem}
header>div{display:flex;gap:1rem;justify-content:space-between;align-items:start}
section{background:#fff;border:1px solid #d4d8dc;border-radius:6px;padding:.8rem 1.3rem 1rem;margin:1rem 0}h2{font-size:1.15rem;margin:.3rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.4rem 0}dt{color:#51585f}dd{margin:0}
.from{border-left:6px solid #0b5394}a,.button{color:#0b5394}.button,button{font:inherit;border:1px solid currentColor;border-radius:4px;padding:.35rem .9rem;background:transparent;color:inherit;text-decoration:none;display:inline-block;cursor:pointer}
input,textarea{font:inherit;max-width:100%;padding:.3rem}[hidden]{display:none}dialog{border:1px solid #51585f;border-radius:6px;padding:1rem 1.5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #d4d8dc}`;

/** Outcomes in words (design.md §6); a section that is null did not answer. */
const OUTCOMES: Readonly<Record<string, string>> = {
  AVAILABLE: 'hentet',
  PARTLY: 'hentet, men ikke fra alle kilder',
  NOT_PERMITTED: 'du har ikke adgang',
  NOT_RELEVANT: 'bruges ikke i kommunen',
  UNAVAILABLE: 'kan ikke hentes lige nu',
};
const STATES: Readonly<Record<string, string>> = {
  ARISEN: 'opstået',
  INFORMED: 'oplyst',
  DECIDED: 'afgjort',
  CLOSED: 'afsluttet',
};

const text = (value: string | null | undefined): string => escapeHtml(value ?? '–');
const outcome = (section: { readonly outcome: string } | null): string =>
  section ? (OUTCOMES[section.outcome] ?? section.outcome) : 'kan ikke hentes lige nu';
const state = (value: string | null): string => (value === null ? '–' : (STATES[value] ?? value));

/** Whose session a page is written for: its authority, and a word for the user that says nothing of her. */
export interface LandingUser {
  readonly authority: string;
  readonly user: string;
  /** Id of the stored operation that writes a note. */
  readonly writeNote: string;
}

/**
 * @param from code of the system the user came from, when she did
 * @returns the page of a person, with the case that was asked for opened
 */
export function landingPage(
  { citizen, case: opened, noteHeadings }: LandingAnswer,
  from: string | null,
  user: LandingUser,
): string {
  const person = citizen!;
  return `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>${text(person.name)} – Overblik</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<header><div><div><h1>${text(person.name)}</h1><div>Født ${text(person.birthDate)}</div></div>
<form method="post" action="/session/end"><button>Log af</button></form></div></header><main data-citizen="${escapeHtml(person.id)}" data-user="${escapeHtml(user.user)}" data-authority="${escapeHtml(user.authority)}">
${from === null ? '' : `<section class="from" role="status"><p>Du kom fra <strong>${escapeHtml(from)}</strong>.</p></section>`}
${opened === undefined ? '' : casePart(opened, person)}${notePart(opened, person, noteHeadings, user)}${remarksPart(person)}${listPart(person)}${sectionsPart(person)}</main><script type="module" src="/assets/landing.js"></script></body></html>`;
}

/** A case that is another person's is not opened on this one's page. */
function casePart(opened: Case | null, person: Citizen): string {
  const isHis = opened?.parties?.some(({ citizen }) => citizen?.id === person.id) ?? false;
  if (!opened || !isHis)
    return '<section aria-label="Sag"><h2>Sagen</h2><p>Sagen findes ikke, eller du har ikke adgang til den.</p></section>';
  const system = text(opened.sourceSystem?.name);
  return `<section aria-label="Sag" data-case="${escapeHtml(opened.id)}"><h2>${text(opened.title)}</h2><dl>
<dt>Sagsnummer</dt><dd>${text(opened.caseNumber)}</dd><dt>Tilstand</dt><dd>${text(state(opened.state))}</dd>
<dt>Emne</dt><dd>${text(opened.kle && `${opened.kle.number} ${opened.kle.title ?? ''}`)}</dd><dt>Enhed</dt><dd>${text(opened.responsibleUnit?.name)}</dd>
<dt>Sagsbehandler</dt><dd>${text(opened.primaryHandler)}</dd><dt>Oprettet</dt><dd>${text(opened.openedOn)}</dd></dl>
<p><a class="button" href="/jump/${escapeHtml(opened.id)}">Åbn sagen i ${system}</a></p></section>`;
}

/** A note on the opened case, when its system takes notes: the write names the person that is shown. */
function notePart(
  opened: Case | null | undefined,
  person: Citizen,
  headings: readonly string[] | null,
  { writeNote }: LandingUser,
): string {
  if (!opened?.takesNotes) return '';
  const options = (headings ?? []).map((one) => `<option value="${escapeHtml(one)}"></option>`).join('');
  return `<section aria-label="Notat"><h2>Skriv notat</h2><form data-note="${escapeHtml(opened.id)}" data-operation="${escapeHtml(writeNote)}">
<p><label for="title">Overskrift</label><br><input id="title" name="title" list="headings" maxlength="255" required><datalist id="headings">${options}</datalist></p>
<p><label for="text">Tekst</label><br><textarea id="text" name="text" rows="5" cols="70" required></textarea></p>
<p><button>Send notat til ${text(opened.sourceSystem?.name)}</button> <button type="button" data-renew hidden>Log på igen</button></p>
<p role="status" data-said></p></form>
<dialog data-other aria-labelledby="other"><form method="dialog"><p id="other">Du har åbnet en anden borger i et andet vindue. Vil du sende notatet på <strong>${text(person.name)}</strong>?</p>
<p><button value="save">Ja, send notatet</button> <button value="no">Nej</button></p></form></dialog></section>`;
}

function remarksPart({ remarks }: Citizen): string {
  if (!remarks?.remarks?.length) return '';
  const rows = remarks.remarks.map((one) => `<li><strong>${text(one.type)}</strong>: ${text(one.text)}</li>`);
  return `<section aria-label="Bemærkninger"><h2>Bemærkninger</h2><ul>${rows.join('')}</ul></section>`;
}

function listPart({ cases, id }: Citizen): string {
  const rows = (cases?.cases?.edges ?? []).map(
    ({ node }) =>
      `<tr><td><a href="/citizens/${escapeHtml(id)}?case=${escapeHtml(node.id)}">${text(node.title)}</a></td><td>${text(node.caseNumber)}</td><td>${text(state(node.state))}</td><td>${text(node.sourceSystem?.name)}</td></tr>`,
  );
  const total = cases?.cases?.totalCount;
  return `<section aria-label="Sager"><h2>Sager${total == null ? '' : ` (${total})`}: ${outcome(cases)}</h2>${
    rows.length === 0
      ? ''
      : `<table><thead><tr><th scope="col">Titel</th><th scope="col">Sagsnummer</th><th scope="col">Tilstand</th><th scope="col">System</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  }</section>`;
}

function sectionsPart({ documents, benefits, alerts }: Citizen): string {
  return `<section aria-label="Andre afsnit"><h2>Andre afsnit</h2><dl><dt>Dokumenter</dt><dd>${outcome(documents)}</dd>
<dt>Ydelser</dt><dd>${outcome(benefits)}</dd><dt>Adviser</dt><dd>${outcome(alerts)}</dd></dl></section>`;
}

/** Where a sign-in in a window of its own ends: the window that waits is told, and this one closes. */
export const RENEWED_PAGE = `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Logget på igen – Overblik</title><style>${STYLE}</style></head>
<body><main><section><h1>Du er logget på igen</h1><p>Luk dette vindue, og gå tilbage til det, du var i gang med.</p></section></main><script type="module" src="/assets/renewed.js"></script></body></html>`;
