import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../http/message-page.js';
import type { IdentityProvider } from './provider.js';

/** Lets a user say which authority she works for; each has an identity provider of its own. */
export function choosePage(
  reply: FastifyReply,
  providers: readonly IdentityProvider[],
  returnTo: string,
): FastifyReply {
  const rows = providers.map(({ name, cvr }) => {
    const href = `/saml/login?${new URLSearchParams({ cvr, return: returnTo })}`;
    return `<li><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></li>`;
  });
  return reply.type('text/html; charset=utf-8').send(
    `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Log på – Overblik</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:18px/1.7 system-ui,"Segoe UI","DejaVu Sans",sans-serif;max-width:38rem;margin:12vh auto;padding:0 1rem;color:#1a1a1a}a{color:#0b5394}</style>
</head><body><main><h1>Log på Overblik</h1><p>Hvor arbejder du?</p><ul>${rows.join('')}</ul></main></body></html>`,
  );
}
