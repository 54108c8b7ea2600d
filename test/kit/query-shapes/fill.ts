import type { Document } from 'mongodb';
import { valuesAt } from '../../../store/embedded/field-values.js';
import { isPlainObject } from '../../../store/embedded/query-operators.js';

/** What comes after every text that begins with another. */
const AFTER = '\uffff';
/** Beyond every value of a type: what a condition that is not to hold is filled with. */
const BEYOND = { string: AFTER, date: new Date('9999-12-31'), number: Number.MAX_SAFE_INTEGER } as const;
const BEFORE = { string: '', date: new Date(0), number: -1 } as const;
const HOUR_MS = 3_600_000;
/** A right is for a group of topics. */
const TOPIC_GROUP_LENGTH = 2;

/**
 * Puts the values of a document where a template names types, so that the document meets the filter. Throws for a path that the document
 * does not have: records.ts must then be given it.
 */
export function filled(template: Document, document: Document): Document {
  return Object.fromEntries(
    Object.entries(template).map(([name, part]: [string, unknown]) => {
      if (name === '$and' || name === '$or')
        // cast: a template of these has templates in it
        return [name, (part as Document[]).map((branch) => filled(branch, document))];
      return [name, conditionOf(name, part, document)];
    }),
  );
}

function conditionOf(path: string, part: unknown, document: Document): unknown {
  if (!isPlainObject(part)) return exact(path, part, document);
  const { $gte, $lt, $elemMatch } = part;
  if (isPlainObject($elemMatch)) return { $elemMatch: ofElement(path, $elemMatch, document) };
  if ($gte === 'string' && $lt === 'string') return prefix(path, valueAt(path, document));
  if ($gte === 'date' && $lt === 'date') return period(valueAt(path, document));
  return Object.fromEntries(
    Object.entries(part).map(([operator, operand]) => [
      operator,
      operandOf(operator, operand, path, document),
    ]),
  );
}

function operandOf(operator: string, operand: unknown, path: string, document: Document): unknown {
  switch (operator) {
    case '$in':
      return [operand].flat().flatMap((each) => (each === null ? [null] : [exact(path, each, document)]));
    case '$ne':
    case '$nin':
      return filledWith(operand, BEYOND);
    case '$not':
      return filledWith(operand, BEYOND, BEFORE);
    case '$gt':
    case '$lt':
      return isTag(operand) ? valueAt(path, document) : operand;
    default:
      return exact(path, operand, document);
  }
}

/** Replaces types by values that no document has: bounds above by what is before all, others by what is beyond all. */
function filledWith(template: unknown, value: typeof BEYOND, above: Bounds = value, name = ''): unknown {
  if (isTag(template)) return (name.startsWith('$lt') ? above : value)[template];
  if (Array.isArray(template)) return template.map((part) => filledWith(part, value, above, name));
  if (!isPlainObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, part]) => [key, filledWith(part, value, above, key)]),
  );
}

type Bounds = Readonly<Record<keyof typeof BEYOND, unknown>>;

function isTag(template: unknown): template is keyof typeof BEYOND {
  return typeof template === 'string' && Object.hasOwn(BEYOND, template);
}

function ofElement(path: string, template: Document, document: Document): unknown {
  const element: unknown = [valueAt(path, document)].flat()[0];
  if (isPlainObject(element)) return filled(template, element);
  return conditionOf('each', template, { each: element });
}

const exact = (path: string, part: unknown, document: Document): unknown =>
  isTag(part) ? valueAt(path, document) : part;

function valueAt(path: string, document: Document): unknown {
  const value: unknown = valuesAt(document, path.split('.')).values.find((each) => !Array.isArray(each));
  if (value === undefined)
    throw new Error(`records are made without ${path}: records.ts must give it to them`);
  return value;
}

function prefix(path: string, value: unknown): Document {
  const begin = path.endsWith('kle') ? String(value).slice(0, TOPIC_GROUP_LENGTH) : String(value);
  return { $gte: begin, $lt: begin + AFTER };
}

function period(value: unknown): Document {
  const from = value instanceof Date ? value.getTime() : NaN;
  return { $gte: new Date(from), $lt: new Date(from + HOUR_MS) };
}
