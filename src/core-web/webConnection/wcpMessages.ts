/**
 * What a page says that looks for its desktop agent: the Web Connection Protocol, as far as the platform hears it.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/specs/webConnectionProtocol
 */
import type { BrowserTypes } from '@finos/fdc3';
import { webAddress } from '../../webAddress.ts';
import { z } from '../../zod.ts';

const uuid = z.string().min(1).max(100);
const meta = z.object({ connectionAttemptUuid: uuid });
const address = webAddress.max(4_000);

/** To the window of the platform page. */
export const hello = z.object({ type: z.literal('WCP1Hello'), meta });

/** On the port that the platform has handed over. */
export const validateIdentity = z.object({
  type: z.literal('WCP4ValidateAppIdentity'),
  meta,
  payload: z.object({
    identityUrl: address,
    actualUrl: address,
    /** Which instance this page was before it was loaded again. */
    instanceUuid: uuid.optional(),
  }),
});

export const goodbye = z.object({ type: z.literal('WCP6Goodbye') });

/** The platform's answers. */
export type WcpAnswer =
  | BrowserTypes.WebConnectionProtocol3Handshake
  | BrowserTypes.WebConnectionProtocol5ValidateAppIdentitySuccessResponse
  | BrowserTypes.WebConnectionProtocol5ValidateAppIdentityFailedResponse;
