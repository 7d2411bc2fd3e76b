import { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import type { EncodedBody } from '../channel/encodedBody.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import { endpointUrl, type EndpointRules } from './endpointUrl.ts';
import { readingsOf } from './pathReadings.ts';
import type { PreparedRequest } from './prepareRequest.ts';

const subrequest = z.looseObject({ url: z.string(), method: z.string().optional() });
type Subrequest = z.infer<typeof subrequest>;
/** Members of another shape are the org's to refuse. */
const listOf = <T extends z.ZodType>(member: T) =>
  z.array(z.union([member, z.unknown().transform(() => undefined)])).catch([]);
const compositeBody = z.looseObject({
  compositeRequest: listOf(subrequest),
  batchRequests: listOf(subrequest),
  graphs: listOf(z.looseObject({ compositeRequest: listOf(subrequest) })),
  records: listOf(z.looseObject({ attributes: z.looseObject({ type: z.string() }) })),
});

/**
 * Holds the requests within a composite request, and the records of a collection, to what any other is held to: the org
 * carries them out as if they had been sent by themselves.
 *
 * @param prepared the request's headers, which say how the org reads the body
 * @returns `ENDPOINT_NOT_ALLOWED` for the first that may not be sent, or for a body that the org may read otherwise
 *   than this does
 * @see REST API Developer Guide, "Composite", "Batch" (URLs from the version on), "Composite Graph", "sObject
 *   Collections"
 */
export function judgeSubrequests(
  url: URL,
  body: EncodedBody | undefined,
  { headers }: Pick<PreparedRequest, 'headers'>,
  rules: EndpointRules,
): Outcome<null> {
  const composite = readingsOf(url.pathname)?.find(
    (segments) => segments[3]?.toLowerCase().split('.', 1)[0] === 'composite',
  );
  if (!composite || body === undefined) return success(null);
  const read = readJson(body, headers.get('content-type') ?? '');
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
    // What a reference stands for the org says only when it carries the request out.
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

/** `/services/data/vXX.X/sobjects/Type`: what rules ask for. */
const lastJudgedSegment = 5;

const refused = (reason: string): Outcome<never> =>
  outcomeFailure(
    { stage: 'request', refused: 'endpointNotAllowed' },
    { message: `The composite request cannot be sent: ${reason}.` },
  );

/**
 * The body as JSON; `otherwise` where the org may read something in it that is not; undefined where it reads nothing.
 */
function readJson(body: EncodedBody, type: string): unknown {
  if (body.kind === 'json') return body.value;
  if (body.kind === 'urlencoded') return undefined;
  if (body.kind === 'multipart') return 'otherwise';
  const [, charset = 'utf-8'] = /charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? [];
  const isReadable = /json|xml|text/i.test(type) || type === '';
  if (!isReadable) return undefined;
  if (!/^utf-?8$/i.test(charset) || /xml/i.test(type)) return 'otherwise';
  try {
    const text =
      body.kind === 'text'
        ? body.text
        : new TextDecoder('utf-8', { fatal: true }).decode(
            Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0)),
          );
    if (/^\s*</.test(text)) return 'otherwise';
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON in UTF-8: so it says, and so the org will say.
    return body.kind === 'text' ? undefined : 'otherwise';
  }
}
