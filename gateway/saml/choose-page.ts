import type { FastifyReply } from 'fastify';
import { escapeHtml, sendHtml } from '../http/message-page.js';
import { languageOf } from '../http/reader.js';
import type { IdentityProvider } from './provider.js';

const WORDS = {
  da: { title: 'Log på', heading: 'Log på Overblik', question: 'Hvor arbejder du?' },
  en: { title: 'Sign in', heading: 'Sign in to Overblik', question: 'Where do you work?' },
} as const;

/** Lets a user say for which authority;  each has an identity provider of its own. */
export function choosePage(
  reply: FastifyReply,
  providers: readonly IdentityProvider[],
  returnTo: string,
): FastifyReply {
  const { title, heading, question } = WORDS[languageOf(reply.request)];
  const rows = providers.map(({ name, cvr }) => {
    const href = `/saml/login?${new URLSearchParams({ cvr, return: returnTo })}`;
    return `<li><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></li>`;
  });
  return sendHtml(reply, title, `<h1>${heading}</h1><p>${question}</p><ul>${rows.join('')}</ul>`);
}
