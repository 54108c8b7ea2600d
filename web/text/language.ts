import type { Language } from './text.js';

const LANGUAGE = 'overblik-language';
const YEAR_SECONDS = 31_536_000;

/** @returns the language chosen on this machine; Danish when none was. */
export const storedLanguage = (): Language => (localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'da');

/** Keeps the choice for the next time, and tells it to the gateway, whose own pages are read by the same person. */
export function storeLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
  document.cookie = `overblik_language=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax; secure`;
  document.documentElement.lang = language;
}
