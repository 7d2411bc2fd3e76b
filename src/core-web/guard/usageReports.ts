/**
 * What core-web tells the desktop container of its own use, whenever an app uses its interop or FDC3 API. HERE Core Web
 * has nobody who would listen: its shared worker knows none of these calls, and core-web throws the answer away.
 */
import { z } from '../../zod.ts';
import { messageId } from './wireMessages.ts';

/** All that core-web 0.40.51 says that way (`sendAction(name).catch(() => {})` in its API client). */
export const usageReportNames = [
  'fdc3-add-context-listener',
  'fdc3-add-intent-listener',
  'fdc3-broadcast',
  'fdc3-find-instances',
  'fdc3-find-intent',
  'fdc3-find-intents-by-context',
  'fdc3-get-app-metadata',
  'fdc3-get-current-channel',
  'fdc3-get-info',
  'fdc3-get-or-create-channel',
  'fdc3-get-system-channels',
  'fdc3-join-channel',
  'fdc3-leave-current-channel',
  'fdc3-open',
  'fdc3-raise-intent',
  'fdc3-raise-intent-for-context',
  'interop-broker-add-client-to-context-group',
  'interop-broker-get-all-clients-in-context-group',
  'interop-broker-get-context-groups',
  'interop-broker-get-current-context',
  'interop-broker-get-info-for-context-group',
  'interop-broker-is-action-authorized',
  'interop-broker-is-connection-authorized',
  'interop-broker-join-context-group',
  'interop-broker-remove-client-from-context-group',
  'interop-broker-remove-from-context-group',
  'interop-broker-set-context',
  'interop-broker-set-context-for-group',
  'interop-broker-set-intent-target',
  'interop-client-add-context-handler',
  'interop-client-add-ondisconnection-listener',
  'interop-client-fire-intent',
  'interop-client-fire-intent-for-context',
  'interop-client-get-all-clients-in-context-group',
  'interop-client-get-context-groups',
  'interop-client-get-current-context',
  'interop-client-get-info-for-context-group',
  'interop-client-get-info-for-intent',
  'interop-client-get-info-for-intents-by-context',
  'interop-client-join-context-group',
  'interop-client-register-intent-handler',
  'interop-client-remove-from-context-group',
  'interop-client-set-context',
  'interop-connect-sync',
  'interop-init',
  'interop-session-context-group-add-handler',
  'interop-session-context-group-get-context',
  'interop-session-context-group-set-context',
] as const;

/** As core-web writes it: whatever brings more is something else under such a name. */
const usageReport = z.strictObject({ action: z.enum(usageReportNames), payload: z.strictObject({}), messageId });

/**
 * Whether a page's message is such a report: it is refused as any other call that is not offered, and says nothing of
 * the page.
 *
 * @param message As parsed from its JSON text.
 */
export const isUsageReport = (message: unknown): boolean => usageReport.safeParse(message).success;
