import { decodeBase64 } from '../channel/bodyForms.ts';
import { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import type { RequestBody } from '../channel/laneBodies.ts';
import { endpointUrl, type EndpointRules } from './endpointUrl.ts';
import { readingsOf } from './pathReadings.ts';
import type { PreparedRequest } from './prepareRequest.ts';

const subrequest = z.looseObject({ url: z.string(), method: z.string().optional() });
type Subrequest = z.infer<typeof subrequest>;
/** Members of another form are left for the org to refuse. */
const listOf = <T extends z.ZodType>(member: T) =>
  z.array(z.union([member, z.unknown().transform(() => undefined)])).catch([]);
const compositeBody = z.looseObject({
  compositeRequest: listOf(subrequest),
  batchRequests: listOf(subrequest),
  graphs: listOf(z.looseObject({ compositeRequest: listOf(subrequest) })),
  records: listOf(z.looseObject({ attributes: z.looseObject({ type: z.string() }) })),
});

/**
 * Checks the requests within a composite request, and the records of a collection, by the rules for any other request,
 * as the org runs them as if they had been sent by themselves.
 *
 * @param prepared the request's headers, which tell how the org reads the body
 * @returns `ENDPOINT_NOT_ALLOWED` for the first that may not be sent, or for a body that the org may read in another
 *   way than this function
 * @see REST API Developer Guide, "Composite", "Batch" (URLs from the version on), "Composite Graph", "sObject
 *   Collections"
 */
export async function judgeSubrequests(
  url: URL,
  body: RequestBody | undefined,
  { headers }: Pick<PreparedRequest, 'headers'>,
  rules: EndpointRules,
): Promise<Outcome<null>> {
  const composite = readingsOf(url.pathname)?.find(
    (segments) => segments[3]?.toLowerCase().split('.', 1)[0] === 'composite',
  );
  if (!composite || body === undefined) return success(null);
  const read = await readJson(body, headers.get('content-type') ?? '');
  if (read === 'otherwise') return refused('the requests in its body cannot be judged: send them as JSON in UTF-8');
  const parsed = compositeBody.safeParse(read);
  if (!parsed.success) return success(null);
  const { compositeRequest, batchRequests, graphs, records } = parsed.data;
  const version = composite[2] ?? '';
  const all: (Subrequest | undefined)[] = [
    ...compositeRequest,
    ...graphs.flatMap((graph) => graph?.compositeRequest ?? []),
    ...batchRequests.map(
      (request) =>
        request && {
          ...request,
          url: /^\/*services\//i.test(request.url) ? request.url : `/services/data/${request.url.replace(/^\/+/, '')}`,
        },
    ),
    ...records.map(
      (record) =>
        record && { method: 'POST', url: `/services/data/${version}/sobjects/${urlSegment(record.attributes.type)}` },
    ),
  ];
  for (const request of all) {
    if (!request) continue;
    // The org replaces a reference only when it runs the request, so its value cannot be checked.
    if (
      request.url
        .split('/')
        .slice(0, lastJudgedSegment + 1)
        .some((segment) => segment.includes('@{'))
    )
      return refused(
        `${request.url.slice(0, 100)} leads nowhere that could be judged: name the resource and the object without a reference`,
      );
    const judged = endpointUrl(request.url, (request.method ?? 'GET').toUpperCase(), url.origin, rules);
    if (!judged.ok) return judged;
  }
  return success(null);
}

/** Rules depend on segments up to here: `/services/data/vXX.X/sobjects/Type`. */
const lastJudgedSegment = 5;

const refused = (reason: string): Outcome<never> =>
  outcomeFailure(
    { stage: 'request', refused: 'endpointNotAllowed' },
    { message: `The composite request cannot be sent: ${reason}.` },
  );

/**
 * @returns the body as JSON; `otherwise` where the org may read it in another way; undefined where the org reads no
 *   requests in it
 */
async function readJson(body: RequestBody, type: string): Promise<unknown> {
  if (body.kind === 'json') return body.value;
  if (body.kind === 'urlencoded') return undefined;
  if (body.kind === 'multipart' || body.kind === 'form') return 'otherwise';
  const [, charset = 'utf-8'] = /charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? [];
  const isReadable = /json|xml|text/i.test(type) || type === '';
  if (!isReadable) return undefined;
  if (!/^utf-?8$/i.test(charset) || /xml/i.test(type)) return 'otherwise';
  try {
    const text = await textOf(body);
    if (/^\s*</.test(text)) return 'otherwise';
    return JSON.parse(text) as unknown;
  } catch {
    // A text that is no JSON in UTF-8 is left for the org to refuse. Bytes may be in another charset.
    return body.kind === 'text' || body.kind === 'jsonText' ? undefined : 'otherwise';
  }
}

/** @throws TypeError for bytes that are no text in UTF-8 */
async function textOf(body: Extract<RequestBody, { kind: 'text' | 'jsonText' | 'bytes' | 'raw' }>): Promise<string> {
  if (body.kind === 'text') return body.text;
  if (body.kind === 'jsonText') return body.json;
  const bytes = body.kind === 'bytes' ? decodeBase64(body.base64) : await new Blob([body.bytes]).arrayBuffer();
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
