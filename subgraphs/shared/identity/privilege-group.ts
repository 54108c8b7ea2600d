import { textShape, verbatimShape } from '../scalars/clean-text.js';
import { attributeOf, everythingIn, type XmlElement, XMLNS } from './xml-document.js';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Where a schema may be found: says nothing of what is granted. */
const HINTS = ['schemaLocation', 'noNamespaceSchemaLocation'];
const TEXT = textShape(2000);
const VERBATIM = verbatimShape(2000);
const MAX_PRIVILEGES = 500;

/** A group as it stands in a list, not yet judged. */
export interface PrivilegeGroup {
  /** Whether it has the shape of the profile and nothing else, so that it can be judged at all. */
  readonly isSound: boolean;
  readonly scope: string;
  readonly privileges: readonly string[];
  /** The texts given for each constraint, by its name. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads one group. What the profile does not know (a type of its own, another element, stray text) could bound what the group
 * grants: it makes the group unsound.
 * @param namespace that of the list; its parts stand in none, or in the same
 */
export function readGroup(element: XmlElement, namespace: string): PrivilegeGroup {
  const texts = element.children.filter(({ name }) => name === 'Privilege').map(({ text }) => text.trim());
  const privileges = texts.flatMap((text) => TEXT.safeParse(text).data ?? []);
  const given = attributeOf(element, 'Scope')?.trim() ?? '';
  const scope = VERBATIM.safeParse(given).data ?? '';
  const constraints = new Map<string, readonly string[]>();
  for (const constraint of element.children.filter(({ name }) => name === 'Constraint')) {
    const name = attributeOf(constraint, 'Name')?.trim() ?? '';
    constraints.set(name, [...(constraints.get(name) ?? []), constraint.text]);
  }
  const isNumberRight = texts.length > 0 && texts.length <= MAX_PRIVILEGES;
  const isReadable = privileges.length === texts.length && scope === given;
  return {
    isSound: hasShape(element, namespace) && isNumberRight && isReadable,
    scope,
    privileges,
    constraints,
  };
}

/** @returns whether a group holds what the profile names and nothing else */
function hasShape(element: XmlElement, namespace: string): boolean {
  const isOurs = (part: XmlElement) => part.namespace === '' || part.namespace === namespace;
  return (
    element.name === 'PrivilegeGroup' &&
    everythingIn(element).every((part) => isOurs(part) && hasOwnAttributes(part)) &&
    element.children.every(({ name, children }) => PARTS.has(name) && children.length === 0) &&
    element.text.trim() === ''
  );
}

/** Attributes by the name of the element they belong to. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['PrivilegeGroup', 'Scope'],
  ['Constraint', 'Name'],
]);
const PARTS: ReadonlySet<string> = new Set(['Privilege', 'Constraint']);

function hasOwnAttributes({ name: element, attributes }: XmlElement): boolean {
  return attributes.every(
    ({ name, namespace }) =>
      namespace === XMLNS ||
      (namespace === '' && name === ATTRIBUTES.get(element)) ||
      (namespace === XSI && HINTS.includes(name)),
  );
}
