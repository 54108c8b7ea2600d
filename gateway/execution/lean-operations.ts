import type { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, getVariableValues, GraphQLError } from 'graphql';
import type { GatewayContext } from '../request-context.js';
import type { StoredOperations } from '../stored-operations.js';
import { compileCompletion, type CompleteAnswer } from './complete-answer.js';
import { isLean, type PlannedOperation, type PlanNode } from './plan.js';
import { type AskSubgraphs, runPlan } from './run-plan.js';
import { NotLean } from './selected-fields.js';

type Execute = ApolloGateway['executor'];
type Request = Parameters<Execute>[0];
type Executed = Awaited<ReturnType<Execute>>;

/** A stored operation that is ready to run. */
interface LeanOperation {
  readonly plan: PlanNode;
  readonly complete: CompleteAnswer;
  readonly context: PlannedOperation['operationContext'];
}

/**
 * Answers stored operations the lean way: the plan that Apollo made of an operation when it first ran is run here, and the answer is
 * completed by what was compiled from the operation. Everything else is Apollo's to run: documents of callers, operations with
 * directives, plans with steps of another kind, and variables that do not fit.
 */
export class LeanOperations {
  readonly #texts: ReadonlySet<string>;
  /** By document, which Apollo parses once, and the name of the operation in it. */
  readonly #ready = new WeakMap<DocumentNode, Map<string, LeanOperation>>();

  constructor(
    operations: StoredOperations,
    readonly subgraphs: AskSubgraphs,
  ) {
    this.#texts = new Set(operations.values());
  }

  /** Takes over an operation that Apollo has planned; one that is not stored, or not lean, stays with it. */
  learn({ requestContext, queryPlan: { node }, operationContext }: PlannedOperation): void {
    const { document, source, request } = requestContext;
    if (!this.#texts.has(source) || !isLean(node)) return;
    const ready = this.#ready.get(document) ?? new Map<string, LeanOperation>();
    this.#ready.set(document, ready);
    const name = request.operationName ?? '';
    if (ready.has(name)) return;
    try {
      const { schema, operation } = operationContext;
      const complete = compileCompletion(schema, document, operation);
      ready.set(name, { plan: node, complete, context: operationContext });
    } catch (error) {
      if (!(error instanceof NotLean)) throw error;
    }
  }

  /** @returns an executor that runs lean what it can, and leaves the rest to `apollo` */
  before(apollo: Execute): Execute {
    return (request) => {
      const { document, request: asked } = request;
      const operation = this.#ready.get(document)?.get(asked.operationName ?? '');
      return operation && fits(operation, request) ? this.#run(operation, request) : apollo(request);
    };
  }

  async #run({ plan, complete }: LeanOperation, request: Request): Promise<Executed> {
    const variables = request.request.variables ?? {};
    // cast: Apollo leaves the type open; every context is made by graphql-request.ts
    const context = request.context as GatewayContext;
    try {
      const answered = await runPlan(plan, { subgraphs: this.subgraphs, context, variables });
      const { data, missing } = complete(answered);
      return missing.length === 0
        ? { data }
        : { data, extensions: { valueCompletion: missing.map((path) => ({ path })) } };
    } catch (error) {
      return { errors: [new GraphQLError('the plan could not be run', { originalError: asError(error) })] };
    }
  }
}

/** @returns whether the variables that were sent are what the operation declares */
function fits({ context: { schema, operation } }: LeanOperation, { request }: Request): boolean {
  const declared = operation.variableDefinitions ?? [];
  return declared.length === 0 || !getVariableValues(schema, declared, request.variables ?? {}).errors;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('something that is no error was thrown');
}
