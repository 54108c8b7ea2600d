import { SaxesParser, type SaxesTagNS } from 'saxes';
import { present } from '../certain/present.js';

/** Bounds of a document that comes from outside, held while it is read: what breaks one is read no further. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  readonly elements: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** Declarations of namespaces in the whole document. */
  readonly namespaces: number;
  /** Characters of one attribute's value. */
  readonly value: number;
}

export interface XmlAttribute {
  readonly name: string;
  /** Empty when it has none. */
  readonly namespace: string;
  readonly value: string;
}

/** An element with its namespace resolved and its references decoded. */
export interface XmlElement {
  /** Name without prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Its own text, without comments and without that of its children. */
  readonly text: string;
  /** Whether its start tag is written without references: as it stands is what it says. */
  readonly isPlain: boolean;
  /** Where it begins and ends in the text that was read. */
  readonly start: number;
  readonly end: number;
}

export type XmlProblem = 'DOCTYPE' | 'NOT_XML' | 'TOO_COMPLEX';

/** A document that is not read. Carries none of its text. */
export class XmlError extends Error {
  constructor(readonly problem: XmlProblem) {
    super(problem);
    this.name = 'XmlError';
  }
}

/** Namespace of the declarations of namespaces. */
export const XMLNS = 'http://www.w3.org/2000/xmlns/';

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Growing[] };

/**
 * Reads a well-formed XML 1.0 document with namespaces, in time that grows with its length. DOCTYPE and entities are
 * refused unread.
 * @returns the root element
 * @throws XmlError
 */
export function readXml(text: string, limits: XmlLimits): XmlElement {
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text)) throw new XmlError('DOCTYPE');
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let [elements, namespaces, start] = [0, 0, 0];
  const fail = (problem: XmlProblem): never => {
    throw new XmlError(problem);
  };
  parser.on('error', () => fail('NOT_XML'));
  parser.on('doctype', () => fail('DOCTYPE'));
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0' || (encoding !== undefined && encoding.toLowerCase() !== 'utf-8')) fail('NOT_XML');
  });
  parser.on('opentagstart', () => {
    start = text.lastIndexOf('<', parser.position - 1);
    if (++elements > limits.elements || open.length >= limits.depth) fail('TOO_COMPLEX');
  });
  parser.on('opentag', (tag) => {
    const isPlain = !text.slice(start, parser.position).includes('&');
    const element = elementOf(tag, { isPlain, start, end: parser.position });
    namespaces += element.attributes.filter(({ namespace }) => namespace === XMLNS).length;
    if (namespaces > limits.namespaces || !isBounded(element, limits)) fail('TOO_COMPLEX');
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const onText = (piece: string) => {
    const inside = open.at(-1);
    if (inside) inside.text += piece;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const closed = present(open.pop(), 'the element that ends');
    closed.end = parser.position;
  });
  parser.write(text).close();
  return root ?? fail('NOT_XML');
}

function elementOf(
  { local, uri, attributes }: SaxesTagNS,
  place: Pick<XmlElement, 'isPlain' | 'start' | 'end'>,
): Growing {
  const given = Object.values(attributes).map(({ local: name, uri: namespace, value }) => ({
    name,
    namespace,
    value,
  }));
  return { name: local, namespace: uri, attributes: given, children: [], text: '', ...place };
}

function isBounded({ attributes }: XmlElement, limits: XmlLimits): boolean {
  return (
    attributes.length <= limits.attributes && attributes.every(({ value }) => value.length <= limits.value)
  );
}

/** @returns the children of this name; every namespace when none is given. */
export function childrenOf(
  { children }: XmlElement,
  name: string,
  namespace?: string,
): readonly XmlElement[] {
  return children.filter(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
  );
}

/** @returns the one child of this name; undefined for none and for several. */
export function onlyChild(parent: XmlElement, name: string, namespace?: string): XmlElement | undefined {
  const [first, ...more] = childrenOf(parent, name, namespace);
  return more.length === 0 ? first : undefined;
}

/** @returns the value of an attribute without a namespace. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name && attribute.namespace === '')?.value;
}

/** @returns an element and everything inside it, in the order of the document. */
export function everythingIn(root: XmlElement): readonly XmlElement[] {
  return [root, ...root.children.flatMap(everythingIn)];
}
