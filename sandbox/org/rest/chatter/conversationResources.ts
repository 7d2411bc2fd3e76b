import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { addComment, commentToLike, editComment, listComments, readComment, recentComments } from './comments.ts';
import { likedPost } from './feedElement.ts';
import { addLike, listLikes, likeSummary, showLike } from './likes.ts';
import { postId } from './posts.ts';

/**
 * Comments and likes of posts, and likes of comments (Connect REST API guide, "Feed Elements", "Comments", "Likes").
 */
export function conversationResources(root: string, services: RestServices): Resource[] {
  const { database } = services;
  const capabilities = `${root}/feed-elements/:id/capabilities`;
  const post = (request: RoutedRequest) => likedPost(postId(services, request));
  const comment = (request: RoutedRequest) => commentToLike(services, request, idOf(request));
  return [
    {
      path: `${capabilities}/comments`,
      methods: { GET: (request) => shown(recentComments(services, request, postId(services, request))) },
    },
    {
      path: `${capabilities}/comments/items`,
      methods: {
        GET: (request) => listComments(services, request, postId(services, request)),
        POST: (request) => addComment(services, request, postId(services, request)),
      },
    },
    {
      path: `${capabilities}/chatter-likes`,
      methods: { GET: (request) => shown(likeSummary(database, request, post(request))) },
    },
    {
      path: `${capabilities}/chatter-likes/items`,
      methods: {
        GET: (request) => listLikes(services, request, post(request)),
        POST: (request) => addLike(services, request, post(request)),
      },
    },
    {
      path: `${root}/comments/:id`,
      methods: {
        GET: (request) => shown(readComment(services, request, idOf(request))),
        PATCH: (request) => editComment(services, request, idOf(request)),
        DELETE: (request) => deleted(services, 'FeedComment', request),
      },
    },
    {
      path: `${root}/comments/:id/likes`,
      methods: {
        GET: (request) => listLikes(services, request, comment(request)),
        POST: (request) => addLike(services, request, comment(request)),
      },
    },
    {
      path: `${root}/likes/:id`,
      methods: {
        GET: (request) => shown(showLike(database, idOf(request), request.context)),
        DELETE: (request) => deleted(services, 'FeedLike', request),
      },
    },
  ];
}

function idOf(request: RoutedRequest): string {
  return request.params['id'] ?? '';
}

function shown(body: unknown): ResourceResponse {
  return { status: 200, body };
}

function deleted({ database }: RestServices, type: string, request: RoutedRequest): ResourceResponse {
  database.delete(type, idOf(request), request.context);
  return { status: 204 };
}
