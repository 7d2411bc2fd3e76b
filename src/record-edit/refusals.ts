import { z } from '../zod.ts';
import { failedRequest } from './failedRequest.ts';

const fault = z.looseObject({ errorCode: z.string().optional() });
const faults = z.array(fault);
const list = faults.catch([]);
/** The User Interface API's own form. */
const recordError = fault.extend({
  output: z.looseObject({ errors: list, fieldErrors: z.record(z.string(), list).catch({}) }).optional(),
});
const refusal = z.union([faults, recordError]);

/** All error codes of a refusal, in whichever of Salesforce's forms it came. */
export function errorCodesOf(error: unknown): string[] {
  const parsed = refusal.safeParse(failedRequest(error)?.data);
  if (!parsed.success) return [];
  const all = Array.isArray(parsed.data)
    ? parsed.data
    : [
        parsed.data,
        ...(parsed.data.output?.errors ?? []),
        ...Object.values(parsed.data.output?.fieldErrors ?? {}).flat(),
      ];
  return all.flatMap(({ errorCode }) => errorCode ?? []);
}

/**
 * Whether a save was refused because somebody has changed the record since it was read. Salesforce has three forms for
 * it: 400 with `CollisionDetectedException` (captured, not documented), 412 (REST API Developer Guide, "Conditional
 * Request Headers"), and `ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE` (SOAP API Developer Guide, "StatusCode"), with
 * `_CHECK` or without.
 */
export function isCollision(error: unknown): boolean {
  const isOne = (code: string): boolean =>
    code === 'CollisionDetectedException' || code.startsWith('ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE');
  return failedRequest(error)?.status === 412 || errorCodesOf(error).some(isOne);
}

/** Why a record is not there for this person. Salesforce does not always tell these from each other. */
export type GoneReason = 'deleted' | 'noAccess' | 'deletedOrNoAccess';

/**
 * Why a record cannot be read or changed any more.
 *
 * @returns undefined when this is another failure.
 */
export function goneReasonOf(error: unknown): GoneReason | undefined {
  const status = failedRequest(error)?.status;
  const codes = errorCodesOf(error);
  if (codes.includes('ENTITY_IS_DELETED')) return 'deleted';
  if (status === 404) return 'deletedOrNoAccess';
  return status === 403 && codes.some((code) => code.startsWith('INSUFFICIENT_ACCESS')) ? 'noAccess' : undefined;
}
