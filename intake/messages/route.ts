import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { admitSystem } from '../../gateway/auth/as-system.js';
import { worded } from '../../gateway/plugins/own-words.js';
import type { FeedParts } from '../feed/parts.js';
import { MAX_MESSAGE_BYTES, type MessageResult, readEnvelope, takeMessage } from './take-message.js';

export const MESSAGES_PATH = '/messages/v1';

const STATUS: Readonly<Record<MessageResult['result'], number>> = {
  taken: 200,
  duplicate: 200,
  waiting: 202,
  ignored: 200,
  rejected: 422,
};

/** `POST /messages/v1`: a system pushes one message; the answer is given when everything it led to is stored. */
export function installMessages(
  app: FastifyInstance,
  parts: Omit<FeedParts, 'topics' | 'lookUps' | 'onRecords'> & {
    readonly onMessage: (result: MessageResult['result']) => void;
  },
): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, next) =>
      next(null, text),
    );
    scope.post<{ Body: string | undefined }>(
      MESSAGES_PATH,
      { bodyLimit: MAX_MESSAGE_BYTES },
      async (request, reply) => {
        const requestId = randomUUID();
        reply.header('overblik-request', requestId);
        const system = await admitSystem(parts, request, reply, requestId);
        if (!system) return reply;
        const read = readEnvelope(request.body ?? '', parts.now());
        if ('result' in read) return reply.code(STATUS.rejected).send(read);
        if (read.envelope.filterData.sender !== system.id)
          return reply
            .code(STATUS.rejected)
            .send({ result: 'rejected', field: 'filterData.sender', rule: 'the system that sends' });
        try {
          const result = await takeMessage(parts, system, read.envelope);
          parts.onMessage(result.result);
          return await reply.code(STATUS[result.result]).send(result);
        } catch (error) {
          parts.onError(error, requestId);
          return reply.code(503).send({ errors: [worded('PART_UNAVAILABLE', requestId)] });
        }
      },
    );
    done();
  });
}
