import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sourceFiles } from '../kit/source-files.js';

/** Words that need no explanation here, since they … A word that no name and no heading has any more is taken out. */
const ORDINARY: Readonly<Record<string, string>> = {
  'join others':
    'against all an and any are as back by did each far first five for four from here how is it more no node not of on once one or own that the their them they this three time to two was way were what when where whether who whole wider with without yet',
  'are done':
    'add apply arise arrive ask build call change check connect count decide end get goes happen install join live load lock match may mint open read request run see sort start stop upgrade use verify walk watch',
  'do what their verb says':
    'actor builder client collector editor handler holder issuer keeper matcher reader remover resolver runner taker',
  'say how a thing is':
    'callable common complete empty foreign held internal many new newest parametric partial past personal private proven public random remote sent slow synthetic unavailable unproven visible void wrong',
  'belong to programming':
    'aim algorithm alias answer argument batch bearer body bound boundary cache catalogue choice code codec command condition connection context cookie cursor data declaration definition dependency destination detail development directory doc edge element engine entity error excess failure fetch field file filter flow folder form frame gate id info input instant interval json key kind language layout level limit line link machine memory metric minute mode model name number object option order origin page part path performance place port position prefix process production program prop query range rank reference replay response result root rotation row scope selection sequence server setting sink site size span spec stat state status step sum tab table target template term test text thread tuple type value version view window word',
  'name products and standards': 'federation mongo overblik saml xml',
  'are plain English':
    'act admission amount architecture arrival attack attribute bar day fact glossary guide hold home inference issue law money november overview progress proof question reason renewal report restore review room sex side total trust',
};
/** What happened to the noun beside it. */
const PARTICIPLE =
  /..(?:ed|ing)$|^(?:begun|broken|drawn|found|given|kept|known|left|shown|spent|taken|understood|written)$/;
const TYPE = /^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm;

const ordinary = new Set(Object.values(ORDINARY).join(' ').split(' '));

/** @returns the words of a name or a heading, in small letters. */
function wordsOf(text: string): string[] {
  const split = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return split.toLowerCase().match(/[a-zæøå]{2,}/g) ?? [];
}

/** @returns what a word may be the plural of, and the word. */
function singularsOf(word: string): string[] {
  const endings: readonly (readonly [RegExp, string])[] = [
    [/ies$/, 'y'],
    [/es$/, ''],
    [/s$/, ''],
  ];
  return [word, ...endings.flatMap(([end, to]) => (end.test(word) ? [word.replace(end, to)] : []))];
}

/** @returns the words of the glossary's first column; a row may explain more than one. */
function termsOf(glossary: string): string[] {
  return [...glossary.matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap(([, terms]) => terms!.split(', '))
    .map((term) => term.replace(/ ?…$/, ''))
    .filter((term) => !/^(?:Word|-+)$/.test(term));
}

const terms = termsOf(readFileSync('docs/glossary.md', 'utf8'));
const explained = new Set(terms.flatMap((term) => [...wordsOf(term), term.replace('-', '')]));
const isClear = (word: string): boolean =>
  PARTICIPLE.test(word) || singularsOf(word).some((form) => explained.has(form) || ordinary.has(form));

const read = (file: string) => readFileSync(file, 'utf8');
const code = sourceFiles('*.ts', '*.tsx', '*.graphql').filter((file) => !file.startsWith('test/'));
const types = code.flatMap((file) => [...read(file).matchAll(TYPE)].map(([, name]) => name!));
const headings = sourceFiles('docs/*.md', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md')
  .filter((file) => !file.startsWith('docs/decisions/'))
  .flatMap((file) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!));

/** @returns the words of names that neither the glossary nor plain English explains, with the names they stand in */
function unclearIn(names: readonly string[]): string[] {
  const unclear = names.flatMap((name) =>
    wordsOf(name)
      .filter((word) => !isClear(word))
      .map((word) => `${word} in ${name}`),
  );
  return [...new Set(unclear)];
}

describe('one noun per concept, and the glossary has it', () => {
  test('each noun of an exported type stands there', () => {
    expect(types.length).toBeGreaterThan(600);
    expect(unclearIn(types)).toEqual([]);
  });

  test('each noun of a heading stands there', () => {
    expect(headings.length).toBeGreaterThan(80);
    expect(unclearIn(headings)).toEqual([]);
  });

  test('the code uses every word that stands there', () => {
    expect(terms.length).toBeGreaterThan(100);
    const used = ` ${wordsOf(code.map(read).join('\n')).join(' ')} `;
    const isUsed = (term: string) =>
      [wordsOf(term).join(' '), term.replace('-', '').toLowerCase()].some((form) =>
        new RegExp(` ${form}s? `).test(used),
      );
    expect(terms.filter((term) => !isUsed(term))).toEqual([]);
  });

  test('no word is explained twice, or explained and ordinary', () => {
    expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([]);
    expect(terms.filter((term) => ordinary.has(term))).toEqual([]);
  });

  test('each ordinary word is used', () => {
    const used = new Set([...types, ...headings].flatMap(wordsOf).flatMap(singularsOf));
    expect([...ordinary].filter((word) => !used.has(word))).toEqual([]);
  });

  test.each([
    ['QuestFrog', ['quest in QuestFrog', 'frog in QuestFrog']],
    ['CaseGrants', []],
    ['RemovedHandover', []],
  ])('%s: %j', (name, unclear) => {
    expect(unclearIn([name])).toEqual(unclear);
  });
});
