import compress from 'koa-compress';
import type { Context, Middleware } from 'koa';
import { duplicatesOf } from '../database/duplicateRules.ts';
import { OrgError } from '../database/orgError.ts';
import { AccessDenied, type FindTokenGrant } from '../oauth/accessTokens.ts';
import { apiVersionStatus, listApiVersions } from './apiVersion.ts';
import { createResources } from './createResources.ts';
import { createDispatch, methodNotAllowed, unexpectedResponse, type OnUnexpectedError } from './dispatch.ts';
import { errorResponse, notFound } from './errorResponse.ts';
import { createApiUsage } from './http/apiUsage.ts';
import { authenticate } from './http/authentication.ts';
import { readRequestBody } from './http/requestBody.ts';
import { readRequestLine, type RequestLine } from './http/requestLine.ts';
import { markCompressedEntityTag, negotiateFormat, writeResponse } from './http/responseBody.ts';
import { createQueryCursors } from './query/queryCursors.ts';
import type { ResourceResponse } from './resource.ts';
import type { OrgDatabase } from '../database/orgDatabase.ts';
import type { CollisionForm } from './uiApi/collisionForms.ts';

export interface RestApiOptions {
  database: OrgDatabase;
  findTokenGrant: FindTokenGrant;
  /** Origin under which this request reached the org, e.g. `https://acme.my.salesforce.com`. */
  publicUrl: (ctx: Context) => string;
  /** 18 characters, prefix 00D. */
  organizationId: string;
  /** API calls allowed in 24 hours. */
  dailyApiRequests: number;
  /** Whether duplicate rules are active. */
  duplicateRules?: boolean;
  /** How the User Interface API refuses a change of a record that somebody has changed since. */
  collisionForm?: CollisionForm;
  onUnexpectedError?: OnUnexpectedError;
}

/** Everything under `/services/data`; other paths go on to the next middleware. */
export function createRestApi(options: RestApiOptions): Middleware {
  const {
    database,
    findTokenGrant,
    publicUrl,
    organizationId,
    dailyApiRequests,
    duplicateRules = false,
    collisionForm = 'recordError',
    onUnexpectedError = () => undefined,
  } = options;
  const usage = createApiUsage(dailyApiRequests, () => database.now());
  const cursors = createQueryCursors(() => database.now());
  const metadataModified = new Date(database.now());
  const services = { database, organizationId, usage, cursors, metadataModified, collisionForm };
  const dispatch = createDispatch((dispatch) => createResources({ ...services, dispatch }), onUnexpectedError);

  async function answer(ctx: Context, line: RequestLine): Promise<ResourceResponse> {
    if (line.version === undefined) return listVersions(line);
    const grant = await authenticate(ctx, line.path, findTokenGrant);
    usage.count();
    ctx.set('Sforce-Limit-Info', `api-usage=${usage.used()}/${usage.limit}`);
    requireServedVersion(line.version);
    const body = line.method === 'GET' ? undefined : await readRequestBody(ctx);
    return dispatch({
      method: line.method,
      path: line.path,
      query: line.query,
      header: (name) => ctx.get(name) || undefined,
      body: body?.value,
      bodyFormat: body?.format ?? 'json',
      context: {
        user: grant.user,
        apiVersion: line.version,
        ...(duplicateRules && { duplicates: duplicatesOf(ctx.get('Sforce-Duplicate-Rule-Header')) }),
      },
      publicUrl: publicUrl(ctx),
    });
  }

  async function serve(ctx: Context, line: RequestLine): Promise<void> {
    const format = negotiateFormat(ctx, line.suffix);
    try {
      writeResponse(ctx, await answer(ctx, line), format);
    } catch (error) {
      if (!(error instanceof OrgError)) return writeResponse(ctx, unexpectedResponse(error, onUnexpectedError), format);
      const challenge = error.status === 401 ? { 'WWW-Authenticate': 'Token' } : {};
      const denied = error instanceof AccessDenied ? error : undefined;
      const response = errorResponse(error, { ...challenge, ...denied?.headers });
      writeResponse(ctx, denied?.body ? { ...response, body: denied.body } : response, format);
    }
  }

  const compressed = compress({ br: false, zstd: false });
  return async (ctx, next) => {
    const line = readRequestLine(ctx);
    if (!line) return next();
    await compressed(ctx, () => serve(ctx, line));
    markCompressedEntityTag(ctx);
  };
}

function listVersions(line: RequestLine): ResourceResponse {
  if (line.method !== 'GET') return methodNotAllowed(line.method, ['GET']);
  return { status: 200, body: listApiVersions(), xml: { root: 'Versions', item: 'Version' } };
}

function requireServedVersion(version: string): void {
  const status = apiVersionStatus(version);
  if (status === 'unknown') throw notFound();
  if (status === 'retired') {
    throw new OrgError(410, 'GONE', 'The requested API version has been retired and is no longer available');
  }
}
