import { describe, expect, test } from '@jest/globals';
import { cameFrom, languageOf, wantsPage } from '../../../gateway/http/reader.js';

describe('who reads an answer', () => {
  const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
  test.each([
    ['/nowhere', HTML, true],
    ['/nowhere?a=/graphql', HTML, true],
    ['/session/end', HTML, true],
    ['/saml/login', HTML, true],
    ['/jump/x', HTML, true],
    ['/graphqls', HTML, true],
    ['/nowhere', 'application/json', false],
    ['/nowhere', '*/*', false],
    ['/nowhere', undefined, false],
    ['/graphql', HTML, false],
    ['/feed/v1/records', HTML, false],
    ['/messages/v1', HTML, false],
    ['/notes/v1/outbox', HTML, false],
    ['/context/v1/tickets', HTML, false],
    ['/events', HTML, false],
    ['/session', HTML, false],
    ['/session/refresh', HTML, false],
    ['/jump/systems', HTML, false],
    ['/assets/gone.js', HTML, false],
  ])('%s with Accept %s: a page is %s', (url, accept, isPage) => {
    expect(wantsPage({ url, headers: accept === undefined ? {} : { accept } })).toBe(isPage);
  });
});

describe('the language of a page', () => {
  const request = (accepted?: string, chosen?: string) => ({
    headers: {
      ...(accepted !== undefined && { 'accept-language': accepted }),
      ...(chosen !== undefined && { cookie: `other=1; overblik_language=${chosen}; more=2` }),
    },
  });
  test.each([
    [undefined, undefined, 'da'],
    ['da-DK,da;q=0.9,en;q=0.8', undefined, 'da'],
    ['en-GB,en;q=0.9,da;q=0.8', undefined, 'en'],
    ['en;q=0.3, da;q=0.5', undefined, 'da'],
    ['sv-SE,sv', undefined, 'da'],
    ['sv-SE,en;q=0.5', undefined, 'en'],
    ['en;q=0', undefined, 'da'],
    ['en;q=x', undefined, 'da'],
    ['da', 'en', 'en'],
    ['en', 'da', 'da'],
    ['en', 'fr', 'en'],
  ])('Accept-Language %s, chosen %s: %s', (accepted, chosen, language) => {
    expect(languageOf(request(accepted, chosen))).toBe(language);
  });
});

describe('the way back', () => {
  const HOST = 'overblik.example';
  test.each([
    ['a page of ours', `https://${HOST}/citizens/1?case=2`, '/citizens/1?case=2'],
    ['nothing', undefined, undefined],
    ['another site', 'https://evil.example/citizens/1', undefined],
    ['what is no address', 'citizens', undefined],
    ['an address that a browser reads as another site', `https://${HOST}//evil.example`, undefined],
    ['the page itself', `https://${HOST}/here`, undefined],
    ['the start, which is offered anyhow', `https://${HOST}/`, undefined],
    ['a step of the sign-in', `https://${HOST}/saml/login?cvr=1`, undefined],
    ['a jump', `https://${HOST}/jump/1`, undefined],
  ])('from %s', (_says, referer, back) => {
    const headers = referer === undefined ? {} : { referer };
    expect(cameFrom({ headers, host: HOST, url: '/here' })).toBe(back);
  });
});
