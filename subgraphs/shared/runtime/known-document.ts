import {
  BREAK,
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** A document is compiled when it is asked for so many times: one that a caller made up is mostly asked once. */
const ASKED_OFTEN = 3;

/**
 * A document that is parsed and valid. Queries that come again and again, as the steps of stored operations do, are compiled; everything
 * else is executed by graphql-js, which answers the same (`known-document.test.ts`).
 */
export class KnownDocument {
  readonly #mayCompile: boolean;
  #asked = 0;
  /** Null for one that is not compiled. */
  readonly #compiled = new Map<OperationDefinitionNode, CompiledQuery | null>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
  ) {
    this.#mayCompile = !holdsText(document);
  }

  /** Whether it holds a change, which is not broken off. */
  get changes(): boolean {
    return this.document.definitions.some(
      (part) => 'operation' in part && part.operation !== OperationTypeNode.QUERY,
    );
  }

  /** Whether an operation of it has been compiled. */
  get isCompiled(): boolean {
    return [...this.#compiled.values()].some((compiled) => compiled !== null);
  }

  async execute(
    operationName: string | null,
    variables: Readonly<Record<string, unknown>>,
    contextValue: unknown,
  ): Promise<ExecutionResult> {
    const { schema, document } = this;
    const compiled = this.#ready(operationName);
    if (compiled) {
      const result = await compiled.query(undefined, contextValue, variables);
      // Variables that do not fit end before anything is resolved: graphql-js words them.
      if ('data' in result) return result;
    }
    return execute({ schema, document, contextValue, variableValues: variables, operationName });
  }

  #ready(operationName: string | null): CompiledQuery | null {
    if (!this.#mayCompile || ++this.#asked < ASKED_OFTEN) return null;
    const operation = getOperationAST(this.document, operationName);
    // Changes are executed one after the other by graphql-js alone.
    if (operation?.operation !== OperationTypeNode.QUERY) return null;
    const known = this.#compiled.get(operation);
    if (known !== undefined) return known;
    const made = compileQuery(this.schema, this.document, operation.name?.value);
    const compiled = isCompiledQuery(made) ? made : null;
    this.#compiled.set(operation, compiled);
    return compiled;
  }
}

/** @returns whether a text stands in a document: what a caller wrote between quotation marks never becomes part of a program. */
function holdsText(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}
