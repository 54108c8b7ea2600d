import { z } from 'zod';
import { feedRecordShape } from '../../subgraphs/shared/records/records.js';

interface Json {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly default?: unknown;
}

/** @returns `docs/feed.md`: every type of record, field by field, from the very shapes that check them. */
export function renderFeed(): string {
  const schema = z.toJSONSchema(feedRecordShape, { io: 'input', unrepresentable: 'any' }) as Json;
  const types = (schema.oneOf ?? schema.anyOf)!.map((variant) => {
    const type = String(variant.properties!['type']!.const);
    const rows = fieldsOf(type, variant, '').map((cells) => `| ${cells.join(' | ')} |`);
    return [
      `## ${type}`,
      '',
      wordsOf(variant, type),
      '',
      '| Field | Form | Required | Meaning |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return [HEAD, ...types].join('\n\n') + '\n';
}

function fieldsOf(type: string, { properties = {}, required = [] }: Json, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = field.items?.properties ? fieldsOf(type, field.items, `${path}.`) : [];
    const must = required.includes(name) && field.default === undefined ? 'yes' : '';
    return [[`\`${path}\``, formOf(field), must, wordsOf(field, `${type}.${path}`)], ...inner];
  });
}

function wordsOf({ description }: Json, path: string): string {
  if (description === undefined) throw new Error(`${path}: its shape has no description`);
  return description;
}

function formOf(field: Json): string {
  const choices = field.anyOf?.filter(({ type }) => type !== 'null');
  if (choices) {
    const forms = [...new Set(choices.map(formOf))];
    return forms.join(' or ') + (choices.length < field.anyOf!.length ? ', or null' : '');
  }
  if (field.const !== undefined) return `\`${field.const}\``;
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(' ');
  if (field.type === 'array') return `list of ${field.items?.properties ? 'objects' : formOf(field.items!)}`;
  if (field.format === 'uuid' || field.format === 'date-time') return field.format;
  if (field.pattern) return `text \`${field.pattern.replaceAll('|', '\\|')}\``;
  if (field.type === 'string') return field.maxLength ? `text, at most ${field.maxLength}` : 'text';
  const types = [field.type ?? 'string'].flat().map(String);
  const named = types
    .filter((typeName) => typeName !== 'null')
    .map((typeName) => (typeName === 'string' ? 'text' : typeName));
  return named.join(' or ') + (types.includes('null') ? ', or null' : '');
}

const HEAD = `# The feed, field by field

Generated from the shapes that check deliveries (\`npm run docs:feed\`); a test holds it equal to them. How records follow the case,
document and benefit indexes: domain facts in the glossary and \`docs/decisions/012\` and \`013\`.

Deliver to \`POST /feed/v1/records\` as \`application/x-ndjson\` (a record a line) or \`application/json\` (an array), \`content-encoding: gzip\`
or none, at most 10,000 records and 64 MB unpacked, with \`authorization: Bearer\` and an assertion signed by the system's registered key
(ES256, \`iss\` the system's UUID, \`aud\` the installation's \`FEED_AUDIENCE\`, \`jti\` once, at most 60 s). A system that numbers its deliveries sends the number as
\`overblik-sequence\`; a missing number is then shown as a gap beside every list.

The answer has a result for each record, \`accepted\`, \`duplicate\`, \`superseded\` or \`rejected\` with \`field\` and \`rule\`, and totals that add up.
Rejects are kept: \`GET /feed/v1/rejects\` lists them with the record as it was sent, \`POST /feed/v1/rejects/ID\` sends one again (the body: the corrected record, or
nothing), \`DELETE /feed/v1/rejects/ID\` gives it up. A record that is accepted later settles its reject by itself.
They are kept for ninety days, at most 10,000 of a system; the oldest go first.

Unknown fields are rejected. A UUID is any 32 hexadecimal digits in the form 8-4-4-4-12; it is kept and answered in lower case, so one record
may be spelled either way. Days are \`YYYY-MM-DD\`.
Times have \`Z\` or an offset, may leave seconds out, and have up to nine decimals, all of which order registrations. Texts are kept composed
(Unicode NFC) and without marks of direction; one with a control character (line breaks and tabs aside where a text has lines), with half a
surrogate pair, or with nothing to see in it is rejected. Parties are \`urn:oio:cpr-nr:\` and ten digits, or \`urn:oio:cvr-nr:\` and a CVR number.`;
