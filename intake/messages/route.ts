import type { FastifyInstance, FastifyReply } from 'fastify';
import { asSystem } from '../../gateway/auth/as-system.js';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import type { FeedParts } from '../feed/parts.js';
import { MAX_MESSAGE_BYTES, readEnvelope } from './read-envelope.js';
import { type MessageResult, takeMessage } from './take-message.js';

const MESSAGES_PATH = '/messages/v1';

const STATUS: Readonly<Record<MessageResult['result'], number>> = {
  taken: 200,
  duplicate: 200,
  waiting: 202,
  ignored: 200,
  rejected: 422,
};

type MessageParts = Omit<FeedParts, 'topics' | 'lookUps' | 'onRecords'> & {
  readonly onMessage: (result: MessageResult['result']) => void;
};

/** `POST /messages/v1`: a system pushes one message; the answer is given when everything it led to is stored. */
export function installMessages(app: FastifyInstance, parts: MessageParts): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, next) =>
      next(null, text),
    );
    scope.post<{ Body: string | undefined }>(
      MESSAGES_PATH,
      { bodyLimit: MAX_MESSAGE_BYTES },
      (request, reply) =>
        asSystem(parts, request, reply, (system) => answerMessage(parts, system, request.body ?? '', reply)),
    );
    done();
  });
}

async function answerMessage(
  parts: MessageParts,
  system: DeliveringSystem,
  text: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const answer = (result: MessageResult) => reply.code(STATUS[result.result]).send(result);
  const read = readEnvelope(text, parts.now());
  if ('result' in read) return answer(read);
  if (read.envelope.filterData.sender !== system.id)
    return answer({ result: 'rejected', field: 'filterData.sender', rule: 'the system that sends' });
  const result = await takeMessage(parts, system, read.envelope);
  parts.onMessage(result.result);
  return answer(result);
}
