import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { type ErrorCode, isErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { type MessagePage, sendPage } from './message-page.js';
import { UNAVAILABLE } from './messages.js';
import { refuse } from './refuse.js';

/** Ends a request with a code of the catalogue; thrown by whatever runs in `attempt`. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/** Called with a failure, with the number of the request. */
export type OnError = (error: unknown, requestId: string) => void;

/** How a route answers what goes wrong. */
export interface Answers {
  /** Whether the gateway answers yet; left out where a route needs nothing that starts. */
  readonly isReady?: () => boolean;
  /** Called with a failure that nobody has foreseen. */
  readonly onError: OnError;
  /** What the caller gets then: a code, or at an address that people alone open a page. */
  readonly failed: ErrorCode | MessagePage;
  /** Called with every code that a request ends with. */
  readonly onRefused?: (code: ErrorCode) => void;
  /** Whether an error that a part of ours has given a code is answered with it. */
  readonly coded?: boolean;
  /** Answers what a route knows how to refuse itself; undefined leaves it to the rules here. */
  readonly refused?: (error: unknown, reply: FastifyReply) => Promise<FastifyReply> | undefined;
}

/**
 * Runs what a route does, once it may; every route's requests go through here.
 * @param act takes the number of the request; throws Refusal for what is refused with a code
 * @returns what `act` gives, or the reply when it has refused or failed
 */
export async function attempt<T>(
  answers: Answers,
  reply: FastifyReply,
  act: (requestId: string) => Promise<T> | T,
): Promise<T | FastifyReply> {
  const { failed, isReady, onError } = answers;
  const { id } = reply.request;
  try {
    if (isReady?.() === false)
      return await end(answers, reply, isCode(failed) ? 'ACCESS_UNAVAILABLE' : UNAVAILABLE);
    return await act(id);
  } catch (error) {
    const refused = answers.refused?.(error, reply);
    if (refused) return refused;
    if (error instanceof Refusal) return end(answers, reply, error.code, error.detail);
    const code = answers.coded === true ? codeOf(error) : undefined;
    if (code === undefined || code === 'INTERNAL') onError(error, id);
    return end(answers, reply, code ?? failed);
  }
}

const isCode = (answer: ErrorCode | MessagePage): answer is ErrorCode => typeof answer === 'string';

function end(
  { onRefused }: Answers,
  reply: FastifyReply,
  answer: ErrorCode | MessagePage,
  detail?: Refusal['detail'],
): FastifyReply {
  if (!isCode(answer)) return sendPage(reply, answer);
  onRefused?.(answer);
  return refuse(reply, answer, detail);
}

/** @returns the code of an error that a part of ours has given one; undefined when it has none. */
function codeOf(error: unknown): ErrorCode | undefined {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return isErrorCode(code) ? code : undefined;
}
