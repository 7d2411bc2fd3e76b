import {
  parseDesktopConfiguration,
  type DesktopConfiguration,
  type DesktopConfigurationInput,
} from '../../src/sites/desktopConfiguration.ts';

/** A desktop as a platform team writes it down. */
export const bankDesktopFile: DesktopConfigurationInput = {
  platform: { id: 'bank-desktop', title: 'Bank Desktop', company: 'Bank', origin: 'https://desk.bank.example' },
  provider: { origin: 'https://crm.bank.example' },
  recordView: { origin: 'https://record.bank.example' },
  salesforce: {
    orgs: [
      {
        orgUrl: 'https://acme.my.salesforce.com',
        consumerKey: '3MVG9.bank',
        identityProviders: ['https://login.bank.example'],
      },
    ],
  },
  apps: [
    {
      appId: 'blotter',
      title: 'Blotter',
      url: 'https://blotter.bank.example/',
      usesSalesforce: true,
      clearsAtSignOut: true,
      container: { uuid: 'blotter-app' },
    },
    { appId: 'chat', title: 'Chat', url: 'https://chat.bank.example/index.html' },
    {
      appId: 'archive',
      title: 'Archive',
      url: 'https://archive.bank.example/',
      usesSalesforce: true,
      opens: false,
      scopes: ['id'],
    },
  ],
};

/** @param changes Members that replace those of the file. */
export function bankDesktop(changes: Partial<DesktopConfigurationInput> = {}): DesktopConfiguration {
  return parseDesktopConfiguration({ ...bankDesktopFile, ...changes });
}
