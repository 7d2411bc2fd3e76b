import Router from '@koa/router';
import type { Context } from 'koa';
import { json as readJson } from 'node:stream/consumers';
import { z } from 'zod';
import type { OAuthState } from '../oauth/oauthState.ts';
import { hasLiveSessions, maySignIn, type DirectoryUser } from '../oauth/userDirectory.ts';
import { appOptionsSchema } from '../orgOptions.ts';
import { isLocalHost } from '../publicOrigin.ts';
import { controlRequests, type ControlAnswer, type ControlName } from './controlProtocol.ts';
import type { TrafficControl } from './trafficControl.ts';

/** A request names a user or an app the org does not have. */
class UnknownSubjectError extends Error {}

type Handlers = {
  [Name in ControlName]: (request: ReturnType<(typeof controlRequests)[Name]['parse']>) => ControlAnswer<Name>;
};

/**
 * `POST /__control/*`: lets tests and measurements see and disturb the org. Never for a page: a request with an
 * `Origin`, or to another host than this machine, is refused and no CORS header is ever sent.
 */
export function createControlRoutes(state: OAuthState, traffic: TrafficControl): Router {
  const handlers = createHandlers(state, traffic);
  const router = new Router({ prefix: '/__control' });
  router.post('/:name', async (ctx) => {
    if (ctx.get('origin') !== '' || !isLocalHost(ctx)) ctx.throw(403, 'The control door is not for pages');
    const name = ctx['params'].name as string;
    if (!isControlName(name)) return ctx.throw(404, `No control request ${name}`);
    try {
      ctx.body = answer(handlers, name, await body(ctx));
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) return ctx.throw(400, error.message);
      if (error instanceof UnknownSubjectError) return ctx.throw(404, error.message);
      throw error;
    }
    return undefined;
  });
  router.all('/{*rest}', (ctx) => ctx.throw(405, 'Use POST'));
  return router;
}

function answer<Name extends ControlName>(handlers: Handlers, name: Name, given: unknown): ControlAnswer<Name> {
  const request = controlRequests[name].parse(given) as ReturnType<(typeof controlRequests)[Name]['parse']>;
  return handlers[name](request);
}

async function body(ctx: Context): Promise<unknown> {
  return ctx.request.length === 0 || ctx.request.length === undefined ? {} : readJson(ctx.req);
}

function isControlName(name: string): name is ControlName {
  return Object.hasOwn(controlRequests, name);
}

function createHandlers(state: OAuthState, traffic: TrafficControl): Handlers {
  const { apps, clock, consents, journal, settings, tokens, users } = state;
  const userId = (username: string | undefined): string | undefined =>
    username === undefined ? undefined : knownUser(state, username).orgUser.id;
  return {
    'expire-access-tokens': ({ username }) => ({ affected: tokens.expireAccessTokens(userId(username)) }),
    'expire-refresh-tokens': ({ username }) => ({ affected: tokens.expireRefreshTokens(userId(username)) }),
    'revoke-approvals': ({ username, consumerKey }) => {
      const ended = tokens.revokeApprovals(userId(username), consumerKey);
      consents.forget(userId(username), consumerKey);
      return { affected: ended.length };
    },
    'end-browser-sessions': ({ username }) => {
      tokens.endSessions(userId(username));
      return {};
    },
    'set-policy': (policy) => {
      Object.assign(settings, policy);
      return {};
    },
    latency: ({ milliseconds }) => {
      traffic.setLatency(milliseconds);
      return {};
    },
    'inject-fault': (request) => ({ id: traffic.faults.add(request) }),
    'clear-faults': ({ id }) => {
      if (id === undefined) traffic.clearFaults();
      else traffic.faults.clear(id);
      return {};
    },
    'move-clock': ({ milliseconds }) => {
      clock.move(milliseconds);
      return { now: clock.now() };
    },
    counts: () => traffic.counts.read(),
    'reset-counts': () => {
      traffic.counts.reset();
      return {};
    },
    secrets: () => ({ secrets: journal.list() }),
    'set-user': ({ username, profile, policy: { hiddenFields, ...policy } }) => {
      const concerned =
        username === undefined ? users.all().filter((user) => user.profile === profile) : [knownUser(state, username)];
      for (const user of concerned) {
        Object.assign(user, policy);
        if (hiddenFields) user.orgUser = { ...user.orgUser, hiddenFields: new Set(hiddenFields) };
        if (!maySignIn(user) || !hasLiveSessions(user)) tokens.endSessions(user.orgUser.id);
      }
      return { affected: concerned.length };
    },
    'set-app': ({ consumerKey, changes }) => {
      const members = Object.entries({ ...apps.find(consumerKey), ...changes, consumerKey });
      // What the registry adds to an app's own options is no option.
      apps.put(appOptionsSchema.strip().parse(Object.fromEntries(members.filter(([, value]) => value !== null))));
      if (apps.find(consumerKey)?.blocked) tokens.endAppSessions(consumerKey);
      return {};
    },
    'remove-app': ({ consumerKey }) => {
      if (!apps.find(consumerKey)) throw new UnknownSubjectError(`The org has no app ${consumerKey}`);
      apps.remove(consumerKey);
      return {};
    },
    approvals: () => ({
      approvals: tokens
        .approvals()
        .map(({ grantId, userId: owner, consumerKey, scope }) => ({
          grantId,
          username: users.byId(owner)?.username ?? owner,
          consumerKey,
          scope,
        })),
    }),
  };
}

function knownUser({ users }: OAuthState, username: string): DirectoryUser {
  const user = users.byUsername(username);
  if (!user) throw new UnknownSubjectError(`The org has no user ${username}`);
  return user;
}
