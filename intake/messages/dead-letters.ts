import type { ConfirmChannel, ConsumeMessage } from 'amqplib';

/** Where messages go that can never be taken. */
export const DEAD_QUEUE = 'overblik.messages.dead';
/** Why a message lies in the dead-letter queue: field and rule, never a value of it. */
export const REASON_HEADER = 'overblik-reason';

/** How long a message lies there, and how many do: they hold personal data, and nobody may ever come for them. */
export const DEAD_LETTER_DAYS = 30;
export const MOST_DEAD_LETTERS = 10_000;

const DAY_MS = 24 * 3_600_000;

/** Declares the queue without limits of its own: one that exists could not be given others. */
export async function openDeadLetters(channel: ConfirmChannel): Promise<void> {
  await channel.assertQueue(DEAD_QUEUE, { durable: true });
}

/**
 * Puts a copy of a message aside with the reason. Nothing is lost: the broker has confirmed the copy before the message itself is
 * acknowledged. The oldest makes room when there are too many.
 */
export async function setAside(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  reason: string,
): Promise<void> {
  channel.sendToQueue(DEAD_QUEUE, message.content, {
    persistent: true,
    expiration: String(DEAD_LETTER_DAYS * DAY_MS),
    headers: { ...message.properties.headers, [REASON_HEADER]: reason },
  });
  await channel.waitForConfirms();
  const { messageCount } = await channel.checkQueue(DEAD_QUEUE);
  // One for one: several that are put aside at once see each other's copies, and must not take away more than there are too many.
  if (messageCount > MOST_DEAD_LETTERS) await channel.get(DEAD_QUEUE, { noAck: true });
}
