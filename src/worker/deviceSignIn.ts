import * as oauth from 'oauth4webapi';
import type { z } from '../zod.ts';
import { failure, success, type Failure, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, retryOf } from '../outcomes/outcomes.ts';
import { nextPauseMs } from '../time.ts';
import type { DeviceCodes } from './deviceCodes.ts';
import type { OrgClient } from './orgClient.ts';
import type { FinishedSignIn } from './pendingSignIns.ts';
import type { ProofKey } from './proofKey.ts';
import { prepareSignIn, signInRequest, type SignInsOptions } from './signIn.ts';
import type { Environment } from './environment.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** A person always takes part, and there is no authorize page to which further parameters could be sent. */
const deviceSignInRequest = signInRequest.omit({ interaction: true });
export type DeviceSignInRequest = z.input<typeof deviceSignInRequest>;

export interface StartedDeviceSignIn {
  signInId: string;
  /** For the person to type on the other device. */
  userCode: string;
  /** The org's page on which the code is typed. */
  verificationUri: string;
  /** Milliseconds for which the code is valid from now on. */
  expiresInMs: number;
}

interface DeviceSignInsOptions extends SignInsOptions {
  environment: Pick<Environment, 'now' | 'delay'>;
}

interface Waiting {
  client: OrgClient;
  scopes: readonly string[];
  proofKey: ProofKey | undefined;
  codes: DeviceCodes;
  abandoned: AbortSignal;
}

/** Added to the polling interval at `slow_down` (RFC 8628, 3.5). */
const slowDownMs = 5_000;
/** Longest pause between two attempts while the org cannot be reached, unless the org asks for longer ones. */
const longestPauseMs = 30_000;

/**
 * The device flow (RFC 8628 in Salesforce's form): the person signs in on another device, and the worker asks until
 * then.
 */
export function createDeviceSignIns({ pending, environment, ...needs }: DeviceSignInsOptions) {
  const { now, delay } = environment;

  /** Gets the codes and starts polling; `pending` then has the sign-in. */
  async function start(input: DeviceSignInRequest): Promise<Outcome<StartedDeviceSignIn>> {
    const parsed = deviceSignInRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'The sign-in request is malformed.');
    const scopes = [...new Set(parsed.data.scopes)];
    const prepared = await prepareSignIn(parsed.data, needs);
    if (!prepared.ok) return prepared;
    const { client, proofKey } = prepared.data;
    const codes = await client.requestDeviceCodes(scopes);
    if (!codes.ok) return codes;

    const { signInId, finish, abandoned } = pending.add();
    void askUntilDecided({ client, scopes, proofKey, codes: codes.data, abandoned }).then(finish);
    const { userCode, verificationUri, expiresInMs } = codes.data;
    return success({ signInId, userCode, verificationUri, expiresInMs });
  }

  async function askUntilDecided(waiting: Waiting): Promise<Outcome<FinishedSignIn>> {
    const { client, codes, abandoned } = waiting;
    const end = now() + codes.expiresInMs;
    let { intervalMs } = codes;
    let pauseMs = intervalMs;
    for (;;) {
      await delay(pauseMs, abandoned);
      if (abandoned.aborted) return outcomeFailure({ stage: 'window', event: 'cancelled' });
      const tokens = await ask(waiting);
      if (tokens.ok) return success({ client, tokens: tokens.data });
      const { error } = tokens;
      if (retryOf(error) !== 'later') return tokens;
      // The last poll comes after the end, for a code that was entered right before it, or while this machine slept.
      if (now() >= end) return isWaiting(error) ? outcomeFailure({ stage: 'poll', refused: 'deviceCodeOver' }) : tokens;
      if (error.reason === 'poll.slowDown') intervalMs += slowDownMs;
      pauseMs = isWaiting(error)
        ? intervalMs
        : nextPauseMs(pauseMs, { firstMs: intervalMs, longestMs: Math.max(intervalMs, longestPauseMs) });
    }
  }

  function ask({ client, scopes, proofKey, codes }: Waiting): Promise<Outcome<GrantedTokens>> {
    return client.grant('poll', 'device', { code: codes.deviceCode }, oauth.None(), { scopes, proofKey });
  }

  return { start };
}

/** Whether the org waits for the person. */
function isWaiting({ reason }: Failure): boolean {
  return reason === 'poll.pending' || reason === 'poll.slowDown';
}
