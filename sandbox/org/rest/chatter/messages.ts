import type { ResourceRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { type MessageBody, shownSegments, storedMessage } from './messageSegments.ts';
import type { Mention } from '../../database/mentions.ts';

/**
 * The text of a message with the names of mentioned people and records written in.
 *
 * @throws OrgError 404 when one of them is not there or not shared with the user.
 */
export function readMessage(
  { database }: RestServices,
  { context }: ResourceRequest,
  body: MessageBody,
): { text: string; mentions: Mention[] } {
  const record = (id: string): string => {
    const object = objectOfRecordId(id);
    if (!object) return id;
    return String(database.retrieve(object.name, id, context, [object.nameField])[object.nameField]);
  };
  const user = (id: string): string => String(database.retrieve('User', id, context, ['Name'])['Name']);
  return storedMessage(body, { user, record });
}

/** A stored message as Connect shows it (Connect REST API guide, "Feed Body"). */
export function showMessage(text: string, mentions: readonly Mention[], apiVersion: string): Record<string, unknown> {
  return { isRichText: false, messageSegments: shownSegments(text, mentions, apiVersion), text };
}
