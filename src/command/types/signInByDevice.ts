import { failure, success } from '../../outcomes/failure.ts';
import { fillApiVersion } from '../../salesforce/apiVersionPlaceholder.ts';
import { createTokenWorker, type TokenWorker } from '../../worker/tokenWorker.ts';
import type { Terminal } from '../terminal.ts';
import { CommandRefused } from '../usageError.ts';
import type { AskOrg } from './describeObjects.ts';

interface DeviceOrg {
  orgUrl: string;
  consumerKey: string;
  apiVersion: string;
}

const requestTimeoutMs = 60_000;

/**
 * Signs a person in by the device flow, in a token worker of this process: the code is printed, and typed on a page of
 * the org.
 *
 * @param toldToEnd gives up waiting for the person
 * @returns a session, which `close` signs out
 * @throws {CommandRefused} with the reason when it comes to none
 * @see RFC 8628; Salesforce Help, "OAuth 2.0 Device Flow"
 */
export async function signInByDevice(
  { orgUrl, consumerKey, apiVersion }: DeviceOrg,
  terminal: Terminal,
  toldToEnd: AbortSignal,
): Promise<{ orgUrl: string; ask: AskOrg; close(): Promise<void> }> {
  const worker = createTokenWorker();
  try {
    await configure(worker, { orgUrl, consumerKey, apiVersion });
    const sessionId = await signIn(worker, { orgUrl, consumerKey }, terminal, toldToEnd);
    return {
      orgUrl,
      async ask(path) {
        const outcome = await worker.request(sessionId, {
          endpoint: fillApiVersion(path, apiVersion),
          method: 'GET',
          headers: {},
          includeAuthorization: true,
        });
        if (!outcome.ok) return outcome;
        const { body } = outcome.data;
        return body?.kind === 'json'
          ? success(body.value)
          : failure('REQUEST_FAILED', 'The org answered without JSON.');
      },
      async close() {
        await worker.endSession(sessionId);
        await worker.shutDown();
      },
    };
  } catch (error) {
    await worker.shutDown();
    throw error;
  }
}

async function configure(worker: TokenWorker, { orgUrl, consumerKey, apiVersion }: DeviceOrg): Promise<void> {
  const configured = await worker.configure(
    {
      orgs: [{ orgUrl, consumerKey, redirectUri: orgUrl }],
      // An org that is no Salesforce's own has no other instance.
      extraOrigins: [orgUrl],
      endpointPrefixes: ['/services/data/'],
      requestTimeoutMs,
      apiVersion,
    },
    {
      sessionLost: () => undefined,
      sessionRecovered: () => undefined,
      trouble: () => undefined,
      called: () => undefined,
      usage: () => undefined,
      live: () => undefined,
    },
  );
  if (!configured.ok) throw new CommandRefused(configured.error.message);
}

async function signIn(
  worker: TokenWorker,
  org: Omit<DeviceOrg, 'apiVersion'>,
  terminal: Terminal,
  toldToEnd: AbortSignal,
): Promise<string> {
  const started = await worker.startDeviceSignIn({ ...org, scopes: ['api'] });
  if (!started.ok) throw new CommandRefused(started.error.message);
  const { signInId, userCode, verificationUri, expiresInMs } = started.data;
  terminal.tell(`Open ${verificationUri}, sign in, and enter the code ${userCode}.`);
  terminal.tell(`It is good for ${Math.round(expiresInMs / 60_000)} minutes; Ctrl-C gives up.`);
  const giveUp = (): void => void worker.abandonSignIn(signInId);
  toldToEnd.addEventListener('abort', giveUp);
  if (toldToEnd.aborted) giveUp();
  const session = await worker.waitForSignIn(signInId).finally(() => toldToEnd.removeEventListener('abort', giveUp));
  if (session.ok) return session.data.sessionId;
  throw new CommandRefused(session.error.message);
}
