import { present } from '../certain/present.js';
import { namesOf } from '../names/known-names.js';
/** Types of messages that are understood, by the UUID that stands in the envelope (ours: the official list is not public). */
export const MESSAGE_TYPES = {
  'a2b0a1f0-6f7e-4c5e-9d1a-000000000001': 'PERSON',
  'a2b0a1f0-6f7e-4c5e-9d1a-000000000002': 'CASE',
  'a2b0a1f0-6f7e-4c5e-9d1a-000000000003': 'GRANT',
  'a2b0a1f0-6f7e-4c5e-9d1a-000000000004': 'GENERAL',
} as const;
export type MessageType = (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES];

/** @returns the UUID of a type of message. */
export function messageTypeId(type: MessageType): string {
  const id = namesOf(MESSAGE_TYPES).find((known) => MESSAGE_TYPES[known] === type);
  return present(id, 'the UUID of a type of message');
}
