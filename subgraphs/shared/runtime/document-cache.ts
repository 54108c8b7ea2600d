import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isErrorCode } from '../errors/catalogue.js';
import { codedError } from '../errors/coded-error.js';
import { KnownDocument } from './known-document.js';

const MAX_DOCUMENTS = 500;
const DOCUMENT_AGE_MS = 60 * 60_000;
const MAX_TOKENS = 5000;

/** Parsed and validated documents by text; bounded in number and age. */
export class DocumentCache {
  readonly #known = new LRUCache<string, KnownDocument>({ max: MAX_DOCUMENTS, ttl: DOCUMENT_AGE_MS });
  constructor(readonly schema: GraphQLSchema) {}

  /** @returns the document of a text. @throws OPERATION_INVALID, or what a scalar says of a literal */
  get(query: string): KnownDocument {
    const known = this.#known.get(query);
    if (known) return known;
    const document = parseLimited(query);
    const faults = validate(this.schema, document);
    // A literal that breaks a scalar's rule is reported like a variable that does.
    const coded = faults.find(({ extensions }) => isErrorCode(extensions['code']));
    if (faults.length > 0) throw coded ?? codedError('OPERATION_INVALID');
    const read = new KnownDocument(this.schema, document);
    this.#known.set(query, read);
    return read;
  }
}

function parseLimited(query: string): DocumentNode {
  try {
    return parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch {
    throw codedError('OPERATION_INVALID');
  }
}
