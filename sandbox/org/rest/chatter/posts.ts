import { parseBody } from '../http/requestBody.ts';
import { z } from 'zod';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { FEED_FIELDS, feedElements } from './feedElement.ts';
import { readMessage } from './messages.ts';
import { messageBody } from './messageSegments.ts';

const postBody = z.object({
  body: messageBody,
  feedElementType: z.literal('FeedItem').default('FeedItem'),
  subjectId: z.string().min(1),
});
const editBody = z.object({ body: messageBody });

/** Posts on a record or on one's own profile (`subjectId: "me"`). Answers 201 with the post. */
export function createPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { body, subjectId } = parseBody(postBody, request);
  const { database } = services;
  const { text, mentions } = readMessage(services, request, body);
  const parent = subjectId === 'me' ? request.context.user.id : subjectId;
  const id = database.transaction(() => {
    const created = database.create('FeedItem', { ParentId: parent, Body: text, Type: 'TextPost' }, request.context);
    database.mentions.write(created, mentions);
    return created;
  });
  return { ...showPost(services, request, id), status: 201 };
}

/** The post that the path names. @throws OrgError 404. */
export function readPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  return showPost(services, request, postId(services, request));
}

/** Changes the text of a post. @throws OrgError 404. */
export function editPost(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { body } = parseBody(editBody, request);
  const { database } = services;
  const { text, mentions } = readMessage(services, request, body);
  const id = postId(services, request);
  database.transaction(() => {
    database.update('FeedItem', id, { Body: text }, request.context);
    database.mentions.write(id, mentions);
  });
  return showPost(services, request, id);
}

/** Deletes a post; answers 204. @throws OrgError 404. */
export function deletePost({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  database.delete('FeedItem', request.params['id'] ?? '', request.context);
  return { status: 204 };
}

/** The 18-character id of the post the path names. @throws OrgError 404 when it is not there for this user. */
export function postId({ database }: RestServices, request: RoutedRequest): string {
  return String(database.retrieve('FeedItem', request.params['id'] ?? '', request.context, ['Id'])['Id']);
}

function showPost(services: RestServices, request: RoutedRequest, id: string): ResourceResponse {
  const row = services.database.retrieve('FeedItem', id, request.context, FEED_FIELDS);
  return { status: 200, body: feedElements(services, request, [row])[0] };
}
