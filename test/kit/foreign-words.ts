import type { Page } from 'playwright-core';
import { CODE_NAMES } from '../../web/text/codes.js';
import { TEXTS } from '../../web/text/texts.js';

/** Words of the English texts that are Danish too, or names: of systems, numbers and formats. */
const DANISH_TOO = new Set(
  'a an at by line job label for i in is it or to us up so do no on  all alarm album bank bank bonus center chef code contact data form format hat her list log man mange more note norm person plan post program register service start status stop system test tests text time title token type under van was website'.split(
    ' ',
  ),
);

/** English words that no text of the page may lack in its list, whatever the English texts say today. */
const COMMON =
  'the of and with has have been not your you this that from are was were will would what when where which who why because there their they case cases role roles user users read write search search unknown missing none null true false error failed seed synthetic begins benefit caseworker citizen note unit';

const wordsOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []);

const DANISH = new Set(
  wordsOf([
    ...Object.values(TEXTS.da),
    ...Object.values(CODE_NAMES).flatMap((names) => Object.values(names).map(([danish]) => danish)),
  ]),
);
const ENGLISH = new Set(
  wordsOf([
    COMMON,
    ...Object.values(TEXTS.en),
    ...Object.values(CODE_NAMES).flatMap((names) => Object.values(names).map(([, english]) => english)),
  ]).filter((word) => word.length > 1 && !DANISH.has(word) && !DANISH_TOO.has(word)),
);

const CODES: readonly RegExp[] = [
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/i,
  /\b[a-z][a-z+.-]*:\/\/\S+|\burn:\S+/i,
  /\b[A-Z]{2,}_[A-Z_]+\b/,
  /\b[a-z]+[a-z0-9]*-[a-z]+(?:-[a-z0-9]+)*\b/,
];

/** @returns what of a Danish text is no Danish for a reader: an English word, a UUID, a URI or a code of the program. */
export function foreignIn(text: string): string[] {
  const codes = CODES.flatMap((code) => code.exec(text)?.[0] ?? []);
  return [...codes, ...wordsOf([text]).filter((word) => ENGLISH.has(word))];
}

/** @returns every text a person reads or hears on the page: in it, in its fields and in its labels; not what is marked as code or as another language. */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const left = (at: Element | null) =>
      at?.closest('code, script, style, noscript, textarea, [lang]:not(html)') != null;
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!left(node.parentElement) && node.textContent?.trim()) found.push(node.textContent.trim());
    for (const name of ['aria-label', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (!left(element)) found.push(element.getAttribute(name) ?? '');
    return [...found, document.title];
  });
}
