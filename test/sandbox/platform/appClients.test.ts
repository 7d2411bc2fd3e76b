import { clientsOf } from '../../../sandbox/platform/appClients.ts';

const status = {
  clients: [
    { app: 'Notes', name: 'salesforce-interop', version: '0.1.0' },
    { app: 'Blotter', name: 'salesforce-interop', version: '0.1.0' },
    { app: 'Blotter', name: 'salesforce-interop', version: '0.2.0' },
    { app: 'Odd', name: 'x', version: '1\u202e0\n' },
  ],
};

it('names every release that the pages of an app have brought, and none of another app', () => {
  expect(clientsOf(status, 'Notes')).toBe('salesforce-interop 0.1.0');
  expect(clientsOf(status, 'Blotter')).toBe('salesforce-interop 0.1.0, salesforce-interop 0.2.0');
});

it('shows nothing for an app without the client, and with a provider that does not tell', () => {
  expect(clientsOf(status, 'Research')).toBe('');
  expect(clientsOf({}, 'Notes')).toBe('');
  expect(clientsOf(undefined, 'Notes')).toBe('');
});

it('shows what turns or breaks a line as what it is', () => {
  expect(clientsOf(status, 'Odd')).toBe(String.raw`x 1\u202e0\u000a`);
});
