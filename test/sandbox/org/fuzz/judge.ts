import { XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { FuzzAnswer } from './fuzzedOrg.ts';
import type { FuzzRequest } from './requests.ts';

const REST = /^\/services\/data(?=\/|(?:\.json|\.xml)?(?:\?|$))/;
const saveErrors = z.array(z.looseObject({ statusCode: z.string(), message: z.string() }));

const restError = z.strictObject({
  message: z.string(),
  errorCode: z.string(),
  fields: z.array(z.string()).optional(),
});

/**
 * The forms in which the REST API says that it refuses (REST API guide, "Status Codes and Error Responses"; UI API
 * guide, "Errors").
 */
const refusal = z.union([
  z.array(restError).min(1),
  z.looseObject({ errorCode: z.string(), message: z.string(), statusCode: z.number() }),
  z.strictObject({
    compositeResponse: z.array(z.looseObject({ body: z.array(restError), httpStatusCode: z.number() })).min(1),
  }),
  z.strictObject({
    hasErrors: z.literal(true),
    results: z.array(z.looseObject({ referenceId: z.string(), errors: saveErrors })),
  }),
]);

/** What is wrong with an answer of the org; undefined when it is one that Salesforce could give. */
export function faultOf(
  { method, target, headers }: FuzzRequest,
  { status, contentType, text }: FuzzAnswer,
): string | undefined {
  // SOAP 1.1 §6.2: a fault has status 500.
  if (/^\/services\/Soap(\/|$)/i.test(target)) return text.includes('<soapenv:Fault>') ? undefined : 'no SOAP fault';
  if (status >= 500) return `status ${status}`;
  if (!REST.test(target) || method === 'HEAD' || method === 'OPTIONS') return undefined;
  if (status === 403 && headers['Origin'] !== undefined && text === '') return undefined;
  if (status === 204 || status === 304) return text === '' ? undefined : `a body with ${status}`;
  if (contentType === 'application/octetstream') return undefined;
  if (contentType === 'application/xml;charset=UTF-8') return faultOfXml(status, text);
  if (contentType !== 'application/json;charset=UTF-8') return `content type ${contentType}`;
  return faultOfJson(status, text);
}

function faultOfJson(status: number, text: string): string | undefined {
  const value = parse(text);
  if (value === undefined) return 'no JSON';
  if (status < 400) return undefined;
  return refusal.safeParse(value).success ? undefined : `a refusal of no known form: ${text.slice(0, 200)}`;
}

function faultOfXml(status: number, text: string): string | undefined {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return `no XML: ${valid.err.msg}`;
  if (
    status < 400 ||
    /<Errors><Error>|<CompositeResult><compositeResponse>|<hasErrors>true<|<Result[^>]*>.*<errorCode>/s.test(text)
  )
    return undefined;
  return `a refusal of no known form: ${text.slice(0, 200)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
