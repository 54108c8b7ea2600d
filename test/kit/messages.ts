import { randomUUID } from 'node:crypto';
import { messageTypeId, type MessageType } from '../../subgraphs/shared/records/message-types.js';
import { KORSBAEK } from '../../seed/authorities.js';
import { systemId } from '../../seed/source-systems.js';

/** @returns an envelope, with the given changes. */
export function envelope(
  type: MessageType,
  objectId: string,
  action: string,
  more: {
    readonly sender?: string;
    readonly messageId?: string;
    readonly authority?: string;
    readonly task?: string;
    readonly securityClass?: string;
    readonly allowedReceivers?: readonly string[];
    readonly relatedObjects?: readonly object[];
  } = {},
) {
  const { sender = type === 'PERSON' ? 'CPR' : 'KSD', authority = KORSBAEK, task } = more;
  return {
    messageId: more.messageId ?? randomUUID(),
    messageVersion: '1.0',
    filterData: {
      messageType: messageTypeId(type),
      sender: systemId(sender),
      ...(more.allowedReceivers && { allowedReceivers: more.allowedReceivers }),
      relatedObjects: more.relatedObjects ?? [],
      objectRegistration: {
        registeredAt: '2026-01-01T10:00:00Z',
        responsibleAuthority: authority,
        objectId,
        action,
        ...(task !== undefined && { task: `urn:oio:kle:${task}` }),
      },
    },
    deliveryData: {
      createdAt: '2026-01-01T10:00:00Z',
      securityClass: more.securityClass ?? 'FORTROLIGE_PERSONOPLYSNINGER',
    },
  };
}

export const INBOX = `query Inbox($filter: AlertInboxFilter, $first: Int = 50, $after: String) {
  alertInbox(filter: $filter) {
    counts { state count }
    groups { id name count }
    alerts(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id title eventType eventCode state assignee groupName receivedAt
        receivingUnit { id } citizen { id } case { id } kle { number } sourceSystem { code } } }
    }
  }
}`;

export const SAVE_GROUP = `mutation SaveGroup($input: AlertGroupInput!) {
  saveAlertGroup(input: $input) { id revision name }
}`;
