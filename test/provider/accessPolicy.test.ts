import { createAccessPolicy } from '../../src/provider/accessPolicy.ts';
import type { AllowedApp } from '../../src/provider/configuration.ts';

const allowed: AllowedApp[] = [
  { name: 'Blotter', origin: 'https://blotter.bank.example', role: 'app' },
  { name: 'Notes', uuid: 'notes', windowName: 'main', role: 'app' },
  { name: 'Chat', appId: 'chat', role: 'app' },
  { name: 'Record view', uuid: 'provider', windowName: 'record-*', role: 'recordView' },
];
const allowedApp = createAccessPolicy(allowed);

describe('createAccessPolicy', () => {
  it('lets listed apps in, each by what its host vouches for', () => {
    expect(allowedApp({ kind: 'origin', origin: 'https://blotter.bank.example' })).toMatchObject({ ok: true, data: { name: 'Blotter' } });
    expect(allowedApp({ kind: 'runtime', uuid: 'notes', name: 'main' })).toMatchObject({ ok: true, data: { name: 'Notes' } });
    expect(allowedApp({ kind: 'runtime', uuid: 'provider', name: 'record-1' })).toMatchObject({ ok: true, data: { role: 'recordView' } });
    expect(allowedApp({ kind: 'fdc3', appId: 'chat' })).toMatchObject({ ok: true, data: { name: 'Chat' } });
  });

  it.each([
    { kind: 'origin', origin: 'https://blotter.bank.example.evil.example' },
    { kind: 'origin', origin: 'http://blotter.bank.example' },
    { kind: 'runtime', uuid: 'notes', name: 'other' },
    { kind: 'runtime', uuid: 'provider', name: 'a-record-1' },
    { kind: 'runtime', uuid: 'notes', name: 'record-1' },
    { kind: 'runtime', uuid: 'chat', name: 'chat' },
    { kind: 'fdc3', appId: undefined },
    { kind: 'fdc3', appId: 'notes' },
  ] as const)('refuses %j and says how it could be let in', (identity) => {
    expect(allowedApp(identity)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining('allowedApps') } });
  });
});
