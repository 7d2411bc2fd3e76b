import type { Page } from 'playwright-core';
import type { SalesforceConnection } from '../../../src/client/index.ts';
import type { ArrivedRequest } from './recordingOrg.ts';

/** Both packages, by the place that a difference is told for. */
export const packages = { there: '/openfin.salesforce.mjs', here: '/client.js' } as const;
export type Place = keyof typeof packages;

export type Api = typeof import('../../../src/client/index.ts');

/** `executeApiRequest`, given what its type forbids and JavaScript does not. */
export type Send = (
  ...parameters: unknown[]
) => Promise<{ status: number; data?: Record<string, string>; type?: string }>;

export interface Given {
  api: Api;
  /** The connection that the page keeps. */
  connection: SalesforceConnection;
  send: Send;
}

/** What an app sees of a call, as data: bytes and forms are written out. */
export interface Seen {
  answer?: unknown;
  error?: {
    name: string;
    message: string;
    status: number | undefined;
    data: unknown;
    code: string | undefined;
    ofThePackage: boolean;
  };
  /** The call did not settle, and never will: what the page's console says of it. */
  never?: string;
}

/** Runs in the page: nothing of its surroundings may be used. */
async function see(api: Api, work: () => Promise<unknown>): Promise<Seen> {
  const write = async (value: unknown): Promise<unknown> => {
    if (value instanceof ArrayBuffer) return { bytes: [...new Uint8Array(value)] };
    if (value instanceof FormData)
      return {
        form: await Promise.all(
          [...value].map(async ([name, part]) => [name, typeof part === 'string' ? part : await part.text()]),
        ),
      };
    if (Array.isArray(value)) return Promise.all(value.map(write));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await write(member)])),
    );
  };
  try {
    return { answer: await write(await work()) };
  } catch (error) {
    const { name, message, status, data, code } = error as Error & { status?: number; data?: unknown; code?: string };
    return { error: { name, message, status, data, code, ofThePackage: error instanceof api.ApiError } };
  }
}

/**
 * Runs a function in one of the pages with that page's package. It may use nothing of its surroundings but its
 * parameters. Ends when the page reports an error that nobody caught, too.
 */
export async function callIn<A = undefined>(
  page: Page,
  place: Place,
  work: (given: Given, args: A) => Promise<unknown>,
  args?: A,
): Promise<Seen> {
  const settled = page.evaluate(`(async () => {
    const api = await import(${JSON.stringify(packages[place])});
    const { connection } = globalThis;
    return (${see.toString()})(api, async () => (${work.toString()})({ api, connection, send: connection?.executeApiRequest }, ${JSON.stringify(args)}));
  })()`) as Promise<Seen>;
  let report: (error: Error) => void = () => undefined;
  const uncaught = new Promise<Seen>((resolve) => {
    report = ({ message }) => resolve({ never: message });
    page.on('pageerror', report);
  });
  try {
    return await Promise.race([settled, uncaught]);
  } finally {
    page.off('pageerror', report);
  }
}

/** Headers that a browser writes by itself, or by how it uses its cache. */
const ofTheBrowser =
  /^(sec-.*|accept-(encoding|language)|connection|content-length|host|origin|referer|user-agent|pragma|cache-control)$/;

/** A request without what its browser, page and session make of it. */
export function essence({ method, url, headers, body }: ArrivedRequest): object {
  const kept = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !ofTheBrowser.test(name))
      .map(([name, value]) => [name, String(value)]),
  );
  if (kept.authorization !== undefined) kept.authorization = kept.authorization.replace(/ .*/, ' …');
  if (url === '/services/oauth2/token') {
    const fields = Object.fromEntries(new URLSearchParams(body));
    return { method, url, body: { ...fields, ...(fields['refresh_token'] !== undefined && { refresh_token: '…' }) } };
  }
  const boundary = /boundary=(\S+)/.exec(kept['content-type'] ?? '')?.[1];
  const replaced = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, '…'));
  return {
    method,
    url,
    headers: { ...kept, ...(boundary && { 'content-type': replaced(kept['content-type']!) }) },
    body: replaced(body),
  };
}
