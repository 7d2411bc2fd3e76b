import type { WorkerSettingsInput } from '../worker/settings.ts';
import type { ProviderConfiguration } from './configuration.ts';

/** The part of the configuration that the token worker needs. */
export function workerSettingsOf(
  configuration: ProviderConfiguration,
  signInReturnChannel: string | undefined,
): WorkerSettingsInput {
  const { requestsAtOnce, requestsAtOncePerApp, waitingRequestsPerApp, longestRequestMs } = configuration.limits;
  return {
    apiVersion: configuration.apiVersion,
    pipeline: configuration.pipeline,
    limits: { requestsAtOnce, requestsAtOncePerApp, waitingRequestsPerApp, longestRequestMs },
    orgs: configuration.orgs.map(({ orgUrl, consumerKey, dpop }) => ({
      orgUrl,
      consumerKey,
      dpop,
      redirectUri: configuration.redirectUri,
    })),
    extraOrigins: configuration.extraOrgOrigins,
    endpointPrefixes: configuration.endpointPrefixes,
    dangerouslyAllowedEndpoints: configuration.dangerouslyAllowedEndpoints,
    requestTimeoutMs: configuration.requestTimeoutMs,
    ...(signInReturnChannel !== undefined && { signInReturnChannel }),
    ...(configuration.rememberSession && { rememberForMs: configuration.rememberForMs }),
  };
}
