import type { FastifyReply } from 'fastify';
import { escapeHtml, sendHtml } from '../http/message-page.js';
import { languageOf } from '../http/reader.js';
import type { Outgoing } from './redirect-binding.js';

/** Sends the form on its way; the page's policy allows scripts of our own address alone. */
export const POST_SCRIPT = "document.getElementById('go').submit();";

const WORDS = {
  da: { title: 'Du logges af', go: 'Fortsæt' },
  en: { title: 'You are being signed out', go: 'Continue' },
} as const;

/** Answers with a page that takes a message on by HTTP POST; without scripts its user presses the button. */
export function sendPostPage(
  reply: FastifyReply,
  destination: string,
  { name, xml, relayState }: Outgoing,
): FastifyReply {
  const { title, go } = WORDS[languageOf(reply.request)];
  const field = (fieldName: string, value: string) =>
    `<input type="hidden" name="${fieldName}" value="${escapeHtml(value)}">`;
  const fields = [
    field(name, Buffer.from(xml).toString('base64')),
    ...(relayState === '' ? [] : [field('RelayState', relayState)]),
  ];
  const form =
    `<form id="go" method="post" action="${escapeHtml(destination)}">${fields.join('')}<button>${go}</button></form>` +
    `<script src="/saml/post.js"></script>`;
  return sendHtml(reply, title, `<h1>${title}</h1>${form}`);
}
