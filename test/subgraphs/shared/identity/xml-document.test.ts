import { describe, expect, test } from '@jest/globals';
import {
  attributeOf,
  childrenOf,
  everythingIn,
  onlyChild,
  readXml,
  XmlError,
  type XmlLimits,
} from '../../../../subgraphs/shared/identity/xml-document.js';

const LIMITS: XmlLimits = { depth: 4, elements: 6, attributes: 3, namespaces: 2, value: 5 };

/** @returns the root, or why the document is not read. */
function read(xml: string) {
  try {
    return readXml(xml, LIMITS);
  } catch (error) {
    if (error instanceof XmlError) return error.problem;
    throw error;
  }
}

test('an element has its name, namespace, attributes, children, text and place', () => {
  const xml =
    '<?xml version="1.0"?><!-- a --><p:a xmlns:p="n" b="1" p:c="2">x<d/>y<![CDATA[<]]><!-- z --></p:a>';
  const root = readXml(xml, LIMITS);
  expect(root).toMatchObject({ name: 'a', namespace: 'n', text: 'xy<', isPlain: true });
  expect(root.attributes).toEqual([
    { name: 'p', namespace: 'http://www.w3.org/2000/xmlns/', value: 'n' },
    { name: 'b', namespace: '', value: '1' },
    { name: 'c', namespace: 'n', value: '2' },
  ]);
  expect(xml.slice(root.start, root.end)).toBe(xml.slice(xml.indexOf('<p:a')));
  const [child] = root.children;
  expect(xml.slice(child!.start, child!.end)).toBe('<d/>');
  expect(child).toMatchObject({ name: 'd', namespace: '', attributes: [], children: [], text: '' });
});

test('places are right behind characters of two units, references and line ends', () => {
  const xml = '\u{1F600}&amp;\r\n';
  const whole = `<a>${xml}<b c="&#49;">${xml}</b>${xml}</a>`;
  const root = readXml(whole, LIMITS);
  const [inside] = root.children;
  expect(whole.slice(inside!.start, inside!.end)).toBe(`<b c="&#49;">${xml}</b>`);
  expect([root.isPlain, inside!.isPlain, root.text]).toEqual([true, false, '\u{1F600}&\n\u{1F600}&\n']);
});

describe('what is no document is not read', () => {
  test.each<[string, string, string]>([
    ['a type', '<!DOCTYPE a><a/>', 'DOCTYPE'],
    ['a type in small letters', '<! doctype a><a/>', 'DOCTYPE'],
    ['an entity', '<a><!ENTITY b "c"></a>', 'DOCTYPE'],
    ['nothing', '', 'NOT_XML'],
    ['no element', '<?xml version="1.0"?>', 'NOT_XML'],
    ['two roots', '<a/><b/>', 'NOT_XML'],
    ['one that does not end', '<a>', 'NOT_XML'],
    ['one that ends otherwise', '<a></b>', 'NOT_XML'],
    ['an attribute twice', '<a b="1" b="2"/>', 'NOT_XML'],
    ['a prefix that stands for nothing', '<p:a/>', 'NOT_XML'],
    ['an entity nobody declared', '<a>&b;</a>', 'NOT_XML'],
    ['another version', '<?xml version="1.1"?><a/>', 'NOT_XML'],
    ['another encoding', '<?xml version="1.0" encoding="latin1"?><a/>', 'NOT_XML'],
  ])('%s', (_says, xml, problem) => {
    expect(read(xml)).toBe(problem);
  });
  test('the one encoding may be named, in whatever letters', () => {
    expect(read('<?xml version="1.0" encoding="UTF-8"?><a/>')).toMatchObject({ name: 'a' });
  });
});

describe('what is read is bounded', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const spaces = (count: number) =>
    `<a>${Array.from({ length: count }, (_, i) => `<b xmlns:p${i}="n"/>`).join('')}</a>`;
  const listed = (count: number) => `<a ${Array.from({ length: count }, (_, i) => `b${i}="1"`).join(' ')}/>`;
  test.each<[string, (size: number) => string, number]>([
    ['in depth', nested, LIMITS.depth],
    ['in elements', (count) => `<a>${'<b/>'.repeat(count - 1)}</a>`, LIMITS.elements],
    ['in attributes of an element', listed, LIMITS.attributes],
    ['in declared namespaces', spaces, LIMITS.namespaces],
    ['in a value', (length) => `<a b="1" c="${'x'.repeat(length)}"/>`, LIMITS.value],
  ])('%s', (_says, xml, most) => {
    expect(read(xml(most))).toMatchObject({ name: 'a' });
    expect(read(xml(most + 1))).toBe('TOO_COMPLEX');
  });
});

test('children, attributes and everything inside are found by name and namespace', () => {
  const root = readXml('<a xmlns:p="n" p:x="1" x="2"><b/><p:b><b/></p:b><c/></a>', LIMITS);
  expect(childrenOf(root, 'b').map(({ namespace }) => namespace)).toEqual(['', 'n']);
  expect(childrenOf(root, 'b', 'n')).toHaveLength(1);
  expect([onlyChild(root, 'b'), onlyChild(root, 'none')]).toEqual([undefined, undefined]);
  expect(onlyChild(root, 'b', 'n')).toBe(root.children[1]);
  expect([attributeOf(root, 'x'), attributeOf(root, 'p')]).toEqual(['2', undefined]);
  expect(everythingIn(root).map(({ name }) => name)).toEqual(['a', 'b', 'b', 'b', 'c']);
});
