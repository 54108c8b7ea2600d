import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../http/message-page.js';
import type { Outgoing } from './redirect-binding.js';

/** Sends the form on its way; the page's policy allows scripts of our own address alone. */
export const POST_SCRIPT = "document.getElementById('go').submit();";

/** Answers with a page that takes a message on by HTTP POST; without scripts its user presses the button. */
export function sendPostPage(
  reply: FastifyReply,
  destination: string,
  { name, xml, relayState }: Outgoing,
): FastifyReply {
  const field = (one: string, value: string) =>
    `<input type="hidden" name="${one}" value="${escapeHtml(value)}">`;
  const fields = [
    field(name, Buffer.from(xml).toString('base64')),
    ...(relayState === '' ? [] : [field('RelayState', relayState)]),
  ];
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Du logges af – Overblik</title></head>` +
        `<body><form id="go" method="post" action="${escapeHtml(destination)}">${fields.join('')}<button>Fortsæt</button></form>` +
        `<script src="/saml/post.js"></script></body></html>`,
    );
}
