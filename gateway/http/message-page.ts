import type { FastifyReply } from 'fastify';
import { cameFrom, type Language, languageOf } from './reader.js';

/** What a page says, in one language. */
export interface PageWords {
  readonly title: string;
  readonly text: string;
}

/** A page that says one thing, and where to go from here; in the language of whoever reads it. */
export interface MessagePage {
  readonly status: number;
  readonly words: Readonly<Record<Language, PageWords>>;
  /** Where to go on; the start of Overblik when left out, and nowhere with null. */
  readonly link?: PageLink | null;
}

export interface PageLink {
  readonly href: string;
  readonly label: Readonly<Record<Language, string>>;
}

const STYLE = `body{margin:0;font:18px/1.55 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1a1a1a;background:#f4f6f8}
main{max-width:38rem;margin:12vh auto;background:#fff;border:1px solid #d4d8dc;border-radius:6px;padding:1.5rem 2rem}
h1{font-size:1.5rem;margin:.2rem 0 .6rem}.quiet{color:#51585f;font-size:.85rem}code{display:inline-block}
ul{list-style:none;padding:0}li{margin:.3rem 0}a{color:#0b5394}`;

const TO_START: PageLink = {
  href: '/',
  label: { da: 'Til Overbliks forside', en: 'To the start of Overblik' },
};
const BACK = { da: 'Gå tilbage', en: 'Go back' };
const REFERENCE = {
  da: 'Oplys dette nummer, hvis du kontakter support:',
  en: 'Quote this number if you contact support:',
};

/** @returns a text as it may stand in a page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Answers with a page that says one thing, in the language of whoever asked; one that says no has the number of the request. */
export function sendPage(reply: FastifyReply, page: MessagePage): FastifyReply {
  const { request } = reply;
  const language = languageOf(request);
  const { status, link = TO_START } = page;
  const back = cameFrom(request);
  const links = [
    ...(back === undefined ? [] : [{ href: back, label: BACK }]),
    ...(link === null ? [] : [link]),
  ].map(
    (target) => `<li><a href="${escapeHtml(target.href)}">${escapeHtml(target.label[language])}</a></li>`,
  );
  const { title, text } = page.words[language];
  const reference =
    status < 400 ? '' : `<p class="quiet">${REFERENCE[language]} <code>${escapeHtml(request.id)}</code></p>`;
  const content =
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` +
    (links.length === 0 ? '' : `<ul>${links.join('')}</ul>`) +
    reference;
  return sendHtml(reply.code(status), title, content);
}

/**
 * Answers with a small page of the gateway's own.
 * @param content HTML in the language of whoever asked; texts in it have been escaped
 */
export function sendHtml(reply: FastifyReply, title: string, content: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('referrer-policy', 'no-referrer')
    .header('vary', 'accept-language, cookie')
    .send(
      `<!doctype html><html lang="${languageOf(reply.request)}"><head><meta charset="utf-8">` +
        `<title>${escapeHtml(title)} – Overblik</title><meta name="viewport" content="width=device-width, initial-scale=1">` +
        `<style>${STYLE}</style></head><body><main>${content}</main></body></html>`,
    );
}
