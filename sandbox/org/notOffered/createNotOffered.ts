import type { Context, Middleware } from 'koa';
import { OrgError } from '../database/orgError.ts';
import type { FindTokenGrant } from '../oauth/accessTokens.ts';
import { errorResponse } from '../rest/errorResponse.ts';
import { authenticate } from '../rest/http/authentication.ts';
import { negotiateFormat, writeResponse } from '../rest/http/responseBody.ts';
import type { ResourceResponse } from '../rest/resource.ts';
import { bulkFault } from './bulkFault.ts';
import { refuseStreaming } from './refuseStreaming.ts';
import { soapFault } from './soapFault.ts';

/**
 * Answers for the APIs of a real org that this one does not have: SOAP and Metadata API, Bulk API, Apex REST and
 * CometD. Each refusal is in the format of its API, so that a client can read why it is refused.
 */
export function createNotOffered(findTokenGrant: FindTokenGrant): Middleware {
  return async (ctx, next) => {
    const [, root, family] = /^\/(services\/(?=Soap|async|apexrest)|cometd)(\w*)(?:\/|$)/i.exec(ctx.path) ?? [];
    if (root === undefined) return next();
    if (root.toLowerCase() === 'cometd') return refuseStreaming(ctx);
    switch (family?.toLowerCase()) {
      case 'soap':
        return soapFault(ctx);
      case 'async':
        return bulkFault(ctx, findTokenGrant);
      case 'apexrest':
        return answerApexRest(ctx, findTokenGrant);
      default:
        return next();
    }
  };
}

/**
 * No Apex class is installed, so none is found (REST API guide, status 404; restforce issue 418 quotes the sentence).
 */
async function answerApexRest(ctx: Context, findTokenGrant: FindTokenGrant): Promise<void> {
  const answer = async (): Promise<ResourceResponse> => {
    try {
      await authenticate(ctx, ctx.path, findTokenGrant);
      return errorResponse(new OrgError(404, 'NOT_FOUND', 'Could not find a match for URL'));
    } catch (error) {
      if (error instanceof OrgError) return errorResponse(error);
      throw error;
    }
  };
  writeResponse(ctx, await answer(), negotiateFormat(ctx, undefined));
}
