import { tellSignedIn } from './session/windows.js';
import { storedLanguage } from './text/language.js';

const language = storedLanguage();
document.documentElement.lang = language;
for (const element of document.querySelectorAll<HTMLElement>('[data-language]'))
  element.hidden = element.dataset['language'] !== language;
if (language === 'en') document.title = 'Signed in again – Overblik';
tellSignedIn();
window.close();
