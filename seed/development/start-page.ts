import type { DevelopmentSite } from './site.js';

const STYLE = `
  :root { color-scheme: light; --ink: #1a1a1a; --quiet: #51585f; --line: #d4d8dc; --accent: #0b5394; --paper: #fff; --wash: #f4f6f8 }
  body { margin: 0; font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink); background: var(--wash) }
  header { background: var(--accent); color: #fff; padding: 2.25rem 1rem }
  header > div, main { max-width: 62rem; margin: 0 auto; padding: 0 1rem }
  h1 { margin: 0; font-size: 2rem } header p { margin: .4rem 0 0; max-width: 46rem }
  section { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.5rem 1.4rem; margin: 1.5rem 0 }
  h2 { font-size: 1.25rem; margin: .4rem 0 .6rem } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line) }
  pre { background: #10212f; color: #eef4f8; padding: .9rem 1rem; border-radius: 4px; overflow-x: auto; font-size: .85rem; line-height: 1.45 }
  code { font-family: ui-monospace, "DejaVu Sans Mono", monospace } a { color: var(--accent) }
  .quiet { color: var(--quiet) }
`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** @returns the page at `/dev`: what this is, how to sign in and what to try. */
export function startPage(development: DevelopmentSite): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Overblik</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<header><div><h1>Overblik</h1><p>One view of a citizen across all the systems that hold the citizen's cases, documents,
benefits and alerts. Every look-up is decided by the caller's roles and written to the log before anything is shown.</p></div></header>
<main>${developmentPart(development)}</main></body></html>`;
}

function developmentPart(site: DevelopmentSite): string {
  const signIns = site.signIns
    .map(({ name, shows }) => `<tr><td><code>${escape(name)}</code></td><td>${escape(shows)}</td></tr>`)
    .join('');
  const examples = site.examples
    .map(
      ({ title, query, variables }) => `<h3>${escape(title)}</h3><pre><code>${escape(query)}</code></pre>
<p class="quiet">Variables</p><pre><code>${escape(variables)}</code></pre>`,
    )
    .join('');
  return `<section><h2>Sign in</h2><p><a href="/">Open Overblik</a> and sign in by SAML as one of the people below, or begin in KSD: <code>npm run ksd</code>, which prints its
address (<a href="http://localhost:4100">http://localhost:4100</a> when that port is free).</p><p>For GraphQL by hand, ask for a token in the project's folder, then send it as a bearer token:</p>
<pre><code>npm run -s token -- --as benefit-caseworker</code></pre>
<table><thead><tr><th scope="col">Sign-in</th><th scope="col">What it shows</th></tr></thead><tbody>${signIns}</tbody></table></section>
<section><h2>Try it</h2><p><a href="/dev/graphiql">GraphiQL</a> (set the header <code>authorization</code>),
<a href="/dev/directory">sign-ins and stories</a>, <a href="${site.operationsUrl()}/health/ready">readiness</a>, <a href="${site.operationsUrl()}/metrics">metrics</a>.</p>
${examples}</section>`;
}
