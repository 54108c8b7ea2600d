import type { FastifyRequest } from 'fastify';

/** The languages Overblik speaks. */
export type Language = 'da' | 'en';

/** Set by the page (web/app.tsx) when its user chooses a language; it holds `da` or `en` and nothing of a person. */
const LANGUAGE_COOKIE = /(?:^|;\s*)overblik_language=(da|en)\s*(?:;|$)/;

/** Addresses that programs call, our own page's script among them: they are answered in JSON whoever asks. */
const FOR_PROGRAMS = [
  /^\/(graphql|feed|messages|notes|context|events|health|assets)(\/|$)/,
  /^\/session(\/refresh)?$/,
  /^\/jump\/systems$/,
];

/** @returns whether an answer is read by a person: a browser that goes to an address asks for a page, a program does not. */
export function wantsPage({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  const [path = ''] = url.split('?', 1);
  if (FOR_PROGRAMS.some((program) => program.test(path))) return false;
  return headers.accept?.includes('text/html') ?? false;
}

/** @returns the language a person reads: the one chosen in the page, else the one the browser asks for first, else Danish. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  // Read here: a request that is refused very early has had no cookies read.
  const chosen = LANGUAGE_COOKIE.exec(headers.cookie ?? '')?.[1];
  return chosen === 'da' || chosen === 'en' ? chosen : firstOf(headers['accept-language'] ?? '');
}

function firstOf(accepted: string): Language {
  const [first] = accepted
    .split(',')
    .flatMap((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const language = tag.split('-', 1)[0];
      const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return (language === 'da' || language === 'en') && weight > 0 ? [{ language, weight } as const] : [];
    })
    .sort((a, b) => b.weight - a.weight);
  return first?.language ?? 'da';
}

/** Pages of ours that are steps of a way and not places to go back to. */
const STEPS = /^\/(saml|session|open|jump|login)(\/|$)/;

/** @returns the page of ours the person came from; undefined when there is none to go back to. */
export function cameFrom(request: Pick<FastifyRequest, 'headers' | 'host' | 'url'>): string | undefined {
  const { referer } = request.headers;
  if (referer === undefined || !URL.canParse(referer)) return undefined;
  const { host, pathname, search } = new URL(referer);
  const isPlace = host === request.host && !pathname.startsWith('//') && !STEPS.test(pathname);
  const path = `${pathname}${search}`;
  return isPlace && path !== request.url && path !== '/' ? path : undefined;
}
