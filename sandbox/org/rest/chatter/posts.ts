import { parseBody } from '../http/requestBody.ts';
import { z } from 'zod';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { FEED_FIELDS, feedElements } from './feedElement.ts';
import { messageBody, type MessageBody, plainText } from './messageSegments.ts';

const postBody = z.object({
  body: messageBody,
  feedElementType: z.literal('FeedItem').default('FeedItem'),
  subjectId: z.string().min(1),
});
const editBody = z.object({ body: messageBody });

/** Posts on a record or on one's own profile (`subjectId: "me"`). Answers 201 with the post. */
export function createPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { body, subjectId } = parseBody(postBody, request.body);
  const parent = subjectId === 'me' ? request.context.user.id : subjectId;
  const values = { ParentId: parent, Body: textOf(services, request, body), Type: 'TextPost' };
  const id = services.database.create('FeedItem', values, request.context);
  return { ...showPost(services, request, id), status: 201 };
}

export function readPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  return showPost(services, request, request.params['id'] ?? '');
}

export function editPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { body } = parseBody(editBody, request.body);
  const id = request.params['id'] ?? '';
  services.database.update('FeedItem', id, { Body: textOf(services, request, body) }, request.context);
  return showPost(services, request, id);
}

export function deletePost({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  database.delete('FeedItem', request.params['id'] ?? '', request.context);
  return { status: 204 };
}

function showPost({ database }: RestServices, request: RoutedRequest, id: string): ResourceResponse {
  const row = database.retrieve('FeedItem', id, request.context, FEED_FIELDS);
  return { status: 200, body: feedElements(database, [row], request.context)[0] };
}

/** Names of mentioned people and records are written into the text. @throws OrgError 404 when one is not there. */
function textOf({ database }: RestServices, request: RoutedRequest, body: MessageBody): string {
  return plainText(body, (id) => {
    const object = objectOfRecordId(id);
    if (!object) return id;
    return String(database.retrieve(object.name, id, request.context, [object.nameField])[object.nameField]);
  });
}
