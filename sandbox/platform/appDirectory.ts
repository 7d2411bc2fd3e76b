/** The desktop's FDC3 2.x app directory: the three sample apps, the provider and the record view. */
import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import { z } from '../../src/zod.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';
import type { DesktopOrigins } from '../pages/desktopConfiguration.ts';

const clearing = 'clearsAtSignOut';
/** FDC3 2.x App Directory, `customConfig`: what a launcher is told beyond the standard. */
const customConfig = z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]);

/**
 * Whether an app hears of sign-outs and forgets by itself what it has shown. The desktop loads all others anew: they may not
 * even know of Salesforce, and still show what came from there.
 */
export function clearsAtSignOut(app: AppRecord): boolean {
  return customConfig.safeParse(app['customConfig']).data?.some(({ name, value }) => name === clearing && value === 'true') ?? false;
}

/** The directory document for a desktop served from these origins. */
export function appDirectory(origins: DesktopOrigins): { applications: AppRecord[] } {
  const record = (appId: string, title: string, url: string, description: string, rest: object) => ({
    appId,
    title,
    type: 'web' as const,
    version: '1.0.0',
    publisher: 'Northbridge',
    description,
    details: { url: `${url}/` },
    icons: [{ src: `${origins.platform}/icons/${appId}.svg` }],
    ...rest,
  });
  return {
    applications: [
      record('contacts', 'Contacts', origins.contacts, 'Find, read and change the people you know in Salesforce.', {
        categories: ['CRM'],
        customConfig: [{ name: clearing, value: 'true' }],
        interop: { userChannels: { broadcasts: ['fdc3.contact'], listensFor: [] } },
      }),
      record('account-360', 'Account 360', origins.account360, 'One company with its people, deals, cases and activities.', {
        categories: ['CRM'],
        customConfig: [{ name: clearing, value: 'true' }],
        interop: { userChannels: { broadcasts: ['fdc3.organization'], listensFor: ['fdc3.contact', 'fdc3.organization'] } },
      }),
      record('intent-raiser', 'Messages', origins.intentRaiser, 'A chat that knows nothing of Salesforce.', {
        categories: ['Communication'],
        interop: {
          intents: {
            raises: {
              ViewContact: ['fdc3.contact', 'fdc3.contactList'],
              ViewAccount: ['fdc3.organization', 'fdc3.contact'],
              ViewProfile: ['fdc3.contact', 'fdc3.organization'],
            },
          },
          userChannels: { broadcasts: ['fdc3.contact', 'fdc3.organization'], listensFor: [] },
        },
      }),
      record('salesforce-interop', 'Salesforce', origins.provider, 'Shares one Salesforce connection with all apps.', {
        categories: ['Service'],
        interop: { intents: { listensFor: describeIntents() } },
      }),
      record('record-view', 'Salesforce record', origins.recordView, 'Shows the record an intent asked for.', {
        categories: ['Service'],
        interop: {},
      }),
    ],
  };
}
