import type { DeviceAuthorizationResponse } from 'oauth4webapi';
import { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';

/** Lifetime of Salesforce's codes, which its answer leaves out (Help, "OAuth 2.0 Device Flow"). */
const lifetimeSeconds = 600;
/** Polling interval where the answer names none (RFC 8628, 3.2). */
const intervalSeconds = 5;

const deviceAnswer = z.object({
  device_code: z.string().min(1),
  /** Only what a person can read off one screen and type on another (RFC 8628, 6.1). */
  user_code: z.string().regex(/^[A-Za-z0-9-]{4,32}$/),
  verification_uri: z.url(),
  expires_in: z.number().positive().max(86_400),
  interval: z.number().nonnegative().max(3_600).default(intervalSeconds),
});

export interface DeviceCodes {
  /** Stays in the worker: with it anybody can get the tokens. */
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  expiresInMs: number;
  intervalMs: number;
}

/**
 * Adds `expires_in` to the answer: RFC 8628 requires it, the OAuth library insists on it, and Salesforce leaves it out.
 */
export async function withLifetime(response: Response): Promise<Response> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof body !== 'object' || body === null || 'expires_in' in body) return response;
  const { status, headers } = response;
  return new Response(JSON.stringify({ ...body, expires_in: lifetimeSeconds }), { status, headers });
}

/**
 * Reads the codes of the device flow. Refuses a verification page outside the org, as people would type their passwords
 * there.
 */
export function readDeviceCodes(answer: DeviceAuthorizationResponse, orgUrl: string): Outcome<DeviceCodes> {
  const parsed = deviceAnswer.safeParse(answer);
  if (!parsed.success) {
    const members = parsed.error.issues.map((issue) => issue.path.join('.'));
    return outcomeFailure({ stage: 'device', refused: 'incomplete' }, { data: { members } });
  }
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
    expires_in,
    interval,
  } = parsed.data;
  const { origin, username, password } = new URL(verificationUri);
  if (origin !== new URL(orgUrl).origin || username || password)
    return outcomeFailure({ stage: 'device', refused: 'foreignVerification' });
  return success({
    deviceCode,
    userCode,
    verificationUri,
    expiresInMs: expires_in * 1000,
    intervalMs: Math.max(interval, 1) * 1000,
  });
}
