import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { SetUp } from '../../src/command/doctor/commandLine.ts';
import { nodeContext } from '../../src/command/doctor/nodeContext.ts';
import type { CheckResult } from '../../src/channel/protocol.ts';
import { catalogue, type CheckId } from '../../src/doctor/catalogue.ts';
import type { DoctorContext } from '../../src/doctor/doctorContext.ts';
import { createExamination } from '../../src/doctor/examination.ts';
import { defaultRedirectUri } from '../support/orgBrowser.ts';

/** As Node sees an embedded org that lists the provider's default origin. */
export function contextOf(
  orgUrl: string,
  setUp: Partial<SetUp> = {},
  context: Partial<DoctorContext> = {},
): DoctorContext {
  const whole: SetUp = {
    orgUrl,
    consumerKey: defaultConsumerKey,
    redirectUri: defaultRedirectUri,
    origin: new URL(setUp.redirectUri ?? defaultRedirectUri).origin,
    scopes: ['api', 'refresh_token'],
    identityProviders: [],
    dpop: 'preferred',
    flow: 'webServer',
    isCustomDomain: false,
    apiVersion: '66.0',
    ...setUp,
  };
  return { ...nodeContext(whole), ...context };
}

/** What one check finds in an examination of its own. */
export function examine(context: DoctorContext, id: CheckId): Promise<CheckResult> {
  return createExamination(context).check(id);
}

/** Every check that did not come out well, in an examination of all. */
export async function complaintsOf(context: DoctorContext): Promise<Record<string, string>> {
  const examination = createExamination(context);
  const complaints: Record<string, string> = {};
  for (const { id } of catalogue) {
    const { status } = await examination.check(id);
    if (status === 'failed' || status === 'warning') complaints[id] = status;
  }
  return complaints;
}
