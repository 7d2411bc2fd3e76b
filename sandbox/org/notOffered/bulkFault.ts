import { XMLBuilder } from 'fast-xml-parser';
import type { Context } from 'koa';
import { AccessDenied, type FindTokenGrant } from '../oauth/accessTokens.ts';
import { apiVersionStatus } from '../rest/apiVersion.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@_' });

/**
 * Refuses `/services/async/66.0/job` and what is below it with a Bulk API exception, XML unless the request says JSON
 * (Bulk API Developer Guide, "Bulk API Errors"). The session comes in a header of its own.
 */
export async function bulkFault(ctx: Context, findTokenGrant: FindTokenGrant): Promise<void> {
  const [exceptionCode, exceptionMessage] = await reasonOf(ctx, findTokenGrant);
  const isJson = /\bjson\b/i.test(ctx.get('content-type') || ctx.get('accept'));
  ctx.status = 400;
  if (isJson) {
    ctx.set('Content-Type', 'application/json;charset=UTF-8');
    ctx.body = JSON.stringify({ exceptionCode, exceptionMessage });
    return;
  }
  const error = { '@_xmlns': 'http://www.force.com/2009/06/asyncapi/dataload', exceptionCode, exceptionMessage };
  ctx.set('Content-Type', 'application/xml;charset=UTF-8');
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?>${builder.build({ error })}`;
}

async function reasonOf(ctx: Context, findTokenGrant: FindTokenGrant): Promise<[code: string, message: string]> {
  const version = ctx.path.split('/')[3] ?? '';
  if (apiVersionStatus(version) !== 'served') return ['InvalidVersion', `Api version ${version} is not served`];
  if (!(await hasSession(ctx, findTokenGrant))) return ['InvalidSessionId', 'Unable to find session id'];
  return ['FeatureNotEnabled', 'This embedded org offers no Bulk API; use the REST API, such as /composite/sobjects.'];
}

async function hasSession(ctx: Context, findTokenGrant: FindTokenGrant): Promise<boolean> {
  const token = ctx.get('x-sfdc-session');
  try {
    return token !== '' && (await findTokenGrant(token, ctx)) !== undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return false;
    throw error;
  }
}
