import type { Context } from '@finos/fdc3';
import { asIntentError } from '../intents/intentError.ts';
import { loadAnswers } from '../intents/loadAnswers.ts';
import { orgsInContext } from '../intents/orgsInContext.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { failure, success } from '../outcomes/failure.ts';
import type { PageEvents } from './channelEndpoint.ts';
import { intentRequest } from './intentRequest.ts';
import type { RecordViews } from './recordViews.ts';
import type { RememberedChoices } from './rememberedChoices.ts';
import type { SalesforceService } from './service.ts';

interface FollowOptions {
  recordViews: Pick<RecordViews, 'state'>;
  service: Pick<SalesforceService, 'getConnection' | 'execute'>;
  choices: Pick<RememberedChoices, 'find'>;
  identifiers: IdentifiersByObject;
}

/**
 * Answers record views that follow a user channel: which record of their org a shared context means, found as for an
 * intent. Nobody is asked to sign in, and nothing is opened.
 */
export function followContexts({
  recordViews,
  service,
  choices,
  identifiers,
}: FollowOptions): PageEvents['contextShared'] {
  return async (caller, { viewId, context: given }) => {
    const view = recordViews.state(viewId);
    if (!view.ok) return view;
    const context = given as Context;
    const { orgUrl, consumerKey } = view.data;
    const named = orgsInContext(context);
    if (orgUrl !== undefined && named.length > 0 && !named.includes(orgUrl)) return success(null);
    const wanted = { ...(orgUrl && { orgUrl }), ...(consumerKey && { consumerKey }) };
    const connection = await service.getConnection(caller, { requestId: crypto.randomUUID(), ...wanted });
    if (!connection.ok || !connection.data) return connection.ok ? success(null) : connection;
    const { sessionId, orgUrl: origin, currentUser } = connection.data;
    const services = {
      request: (of: string, path: string, options = {}) => intentRequest(service, caller, of, path, options),
      chosenBefore: (_session: unknown, askedFor: string) => choices.find(`${origin} ${currentUser.Id}`, askedFor),
    };
    try {
      const { recordOfContext } = await loadAnswers();
      const found = await recordOfContext(services, { sessionId, orgUrl: origin }, context, { identifiers });
      return success(found ?? null);
    } catch (error) {
      const { code, reason, correlationId } = asIntentError(error);
      return failure(code, reason, correlationId === undefined ? {} : { correlationId });
    }
  };
}
