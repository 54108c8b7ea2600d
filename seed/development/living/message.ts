import { type MessageType, messageTypeId } from '../../../subgraphs/shared/records/message-types.js';
import { KORSBAEK } from '../../authorities.js';
import type { Random } from '../../random.js';
import { systemId } from '../../source-systems.js';

/** What a source system tells the municipality of. */
export interface Event {
  /** Code of the source system. */
  readonly system: string;
  readonly type: MessageType;
  readonly objectId: string;
  readonly action: string;
  readonly registeredAt: string;
  /** KLE number of what it is about. */
  readonly task?: string;
  readonly relatedObjects?: readonly object[];
  /** CVR numbers of the authorities it is for; those it concerns when left out. */
  readonly allowedReceivers?: readonly string[];
}

/** @returns the message that tells of an event, and the system that sends it */
export function message(
  random: Random,
  { system, type, relatedObjects = [], allowedReceivers, task, ...event }: Event,
): { readonly system: string; readonly envelope: object } {
  const { objectId, action, registeredAt } = event;
  return {
    system,
    envelope: {
      messageId: random.uuid(),
      messageVersion: '1.0',
      filterData: {
        messageType: messageTypeId(type),
        sender: systemId(system),
        ...(allowedReceivers && { allowedReceivers }),
        relatedObjects,
        objectRegistration: {
          registeredAt,
          responsibleAuthority: KORSBAEK,
          objectId,
          action,
          ...(task !== undefined && { task: `urn:oio:kle:${task}` }),
        },
      },
      deliveryData: { createdAt: registeredAt, securityClass: 'FORTROLIGE_PERSONOPLYSNINGER' },
    },
  };
}
