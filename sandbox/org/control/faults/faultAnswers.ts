import type { Context } from 'koa';
import { endpointOf } from './endpoints.ts';
import type { Fault } from './faultPlan.ts';

/** An answer in place of the real one. */
export interface FaultAnswer {
  status: number;
  body: string;
  contentType: string;
  headers?: Readonly<Record<string, string>>;
}

const json = 'application/json;charset=UTF-8';
const html = 'text/html;charset=UTF-8';

/** The answer a fault gives; undefined for faults that do something else than answer. */
export function faultAnswer(ctx: Context, fault: Fault): FaultAnswer | undefined {
  switch (fault.kind) {
    case 'answer':
      return { ...fault, body: fault.body ?? '' };
    case 'rate-limit':
      return {
        status: 429,
        contentType: json,
        headers: fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) },
        body: isRest(ctx)
          ? restError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')
          : oauthError('rate_limit_exceeded', 'too many logins'),
      };
    case 'server-error':
      return {
        status: fault.status,
        ...(fault.as === 'html' ? htmlError(fault.status) : jsonError(ctx, fault.status)),
      };
    case 'captive-portal':
      return { status: 200, contentType: 'text/html', headers: { Server: 'guest-gateway' }, body: portalPage };
    case 'empty':
      return { status: 200, contentType: json, body: '' };
    case 'oversize':
      return { status: 200, contentType: json, body: JSON.stringify('x'.repeat(Math.max(0, fault.bytes - 2))) };
    case 'redirect':
      return { status: fault.status, contentType: html, headers: { Location: fault.to }, body: '' };
    default:
      return undefined;
  }
}

const isRest = (ctx: Context): boolean => endpointOf(ctx.path) === 'rest';
const restError = (errorCode: string, message: string): string => JSON.stringify([{ message, errorCode }]);
const oauthError = (error: string, error_description: string): string => JSON.stringify({ error, error_description });

function jsonError(ctx: Context, status: number): { body: string; contentType: string } {
  if (!isRest(ctx)) return { contentType: json, body: oauthError('unknown_error', 'retry your request') };
  const message = 'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-1 (1)';
  const body =
    status === 500
      ? restError('UNKNOWN_EXCEPTION', message)
      : restError('SERVER_UNAVAILABLE', 'The server is temporarily unavailable');
  return { contentType: json, body };
}

/** The page of a server in front of the org, which answers when the org does not. */
function htmlError(status: number): { body: string; contentType: string } {
  const title = status === 503 ? 'Down for maintenance' : 'Server error';
  return {
    contentType: html,
    body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}

const portalPage = `<!doctype html>
<html><head><title>Guest Wi-Fi</title></head>
<body style="background:#134;color:#fff;font:20px serif;text-align:center">
<h1>Welcome, guest</h1><form method="post" action="http://wifi.guest.example/accept"><button>Accept the terms and go online</button></form>
</body></html>
`;
