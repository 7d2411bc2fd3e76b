import type { LaneAnswerBody } from '../../channel/laneBodies.ts';
import type { Outcome } from '../../outcomes/failure.ts';
import { decide, outcomeFailure, type Evidence, type RowId } from '../../outcomes/outcomes.ts';
import { z } from '../../zod.ts';
import { jsonOf } from './jsonOf.ts';
import { xmlText } from './xmlText.ts';

/** Salesforce's error answers: an array of these, or one of them (UI API). */
const salesforceError = z.object({ message: z.string(), errorCode: z.string().optional() });
const errorBody = z.union([
  z.array(salesforceError).nonempty(),
  salesforceError.transform((error) => [error] as const),
]);
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

/** Reads an error answer, in any of the forms in which Salesforce writes errors. */
export function refusalEvidence(
  status: number,
  body: LaneAnswerBody | undefined,
  headers?: Pick<Headers, 'get'>,
): Evidence {
  const said = { stage: 'request', status } as const;
  const challenge = /^DPoP\b.*\berror="(invalid_dpop_proof|use_dpop_nonce)"/i.exec(
    headers?.get('www-authenticate') ?? '',
  )?.[1];
  if (challenge) return { ...said, error: challenge, description: '' };
  // The identity and userinfo endpoints answer with the error as plain text.
  if (body?.kind === 'text' && body.text.trim() === 'Bad_OAuth_Token')
    return { ...said, error: 'Bad_OAuth_Token', description: '' };
  const known = salesforceErrorOf(body);
  if (known) return { ...said, error: known.errorCode ?? '', description: known.message };
  const standard = oauthError.safeParse(jsonOf(body));
  if (standard.success)
    return { ...said, error: standard.data.error, description: standard.data.error_description ?? '' };
  return { ...said, error: '', description: '' };
}

function salesforceErrorOf(body: LaneAnswerBody | undefined): z.output<typeof salesforceError> | undefined {
  const parsed = errorBody.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data[0];
  // In answers as XML the errors are XML too.
  const text = body?.kind === 'text' ? body.text : '';
  const [errorCode, message] = ['errorCode', 'message'].map(
    (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1],
  );
  return errorCode && message !== undefined ? { errorCode, message: xmlText(message) } : undefined;
}

/** The failure of a request whose answer was no good one. */
export function requestFailure(
  evidence: Evidence,
  { status, body }: { status: number; body?: LaneAnswerBody | undefined },
): Outcome<never> {
  if ('noAnswer' in evidence) return outcomeFailure(evidence);
  if (!('error' in evidence)) return outcomeFailure(evidence, status === 0 ? {} : { status });
  const data = jsonOf(body);
  const details = { status, ...(data !== undefined && { data }) };
  const { id } = decide(evidence);
  if (ownSentences.has(id)) return outcomeFailure(evidence, details);
  return outcomeFailure(evidence, {
    ...details,
    message: salesforceErrorOf(body)?.message ?? `Salesforce answered with status ${status}.`,
  });
}

/** Rows whose sentence tells more than Salesforce's message. */
const ownSentences: ReadonlySet<string> = new Set([
  'request.proofRefused',
  'request.nonceMissing',
  'request.tooManyRequests',
  'request.unavailable',
  'request.instanceMoved',
] satisfies RowId[]);
