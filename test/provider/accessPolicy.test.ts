import { createAccessPolicy } from '../../src/provider/accessPolicy.ts';
import type { AllowedApp } from '../../src/provider/configuration.ts';

const allowed: AllowedApp[] = [
  { name: 'Blotter', origin: 'https://blotter.bank.example', role: 'app', scopes: [] },
  { name: 'Notes', uuid: 'notes', windowName: 'main', role: 'app', scopes: [] },
  { name: 'Chat', appId: 'chat', role: 'app', scopes: [] },
  { name: 'Record view', uuid: 'provider', windowName: 'record-*', role: 'recordView', scopes: [] },
  {
    name: 'View of the desk',
    uuid: 'desk',
    windowName: 'contacts',
    origin: 'https://contacts.bank.example',
    appId: 'contacts',
    role: 'app',
    scopes: [],
  },
];
const allowedApp = createAccessPolicy(allowed);

describe('createAccessPolicy', () => {
  it('lets listed apps in, each by what its host vouches for', () => {
    expect(allowedApp({ kind: 'origin', origin: 'https://blotter.bank.example' })).toMatchObject({
      ok: true,
      data: { name: 'Blotter' },
    });
    expect(allowedApp({ kind: 'runtime', uuid: 'notes', name: 'main' })).toMatchObject({
      ok: true,
      data: { name: 'Notes' },
    });
    expect(allowedApp({ kind: 'runtime', uuid: 'provider', name: 'record-1' })).toMatchObject({
      ok: true,
      data: { role: 'recordView' },
    });
    expect(
      allowedApp({ kind: 'runtime', uuid: 'desk', name: 'contacts', origin: 'https://contacts.bank.example' }),
    ).toMatchObject({ ok: true, data: { appId: 'contacts' } });
    expect(allowedApp({ kind: 'fdc3', appId: 'chat' })).toMatchObject({ ok: true, data: { name: 'Chat' } });
  });

  it.each([
    { kind: 'origin', origin: 'https://blotter.bank.example.evil.example' },
    { kind: 'origin', origin: 'http://blotter.bank.example' },
    { kind: 'runtime', uuid: 'notes', name: 'other' },
    { kind: 'runtime', uuid: 'provider', name: 'a-record-1' },
    { kind: 'runtime', uuid: 'notes', name: 'record-1' },
    { kind: 'runtime', uuid: 'chat', name: 'chat' },
    { kind: 'runtime', uuid: 'desk', name: 'contacts', origin: 'https://evil.bank.example' },
    { kind: 'runtime', uuid: 'desk', name: 'contacts' },
    { kind: 'runtime', uuid: 'evil', name: 'contacts', origin: 'https://contacts.bank.example' },
    { kind: 'fdc3', appId: undefined },
    { kind: 'fdc3', appId: 'notes' },
  ] as const)('refuses %j and says how it could be let in', (identity) => {
    expect(allowedApp(identity)).toMatchObject({
      ok: false,
      error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining('allowedApps') },
    });
  });

  it('lets intents without a source in only where the platform team has said so, and nobody else by that', () => {
    const open = createAccessPolicy([...allowed, { name: 'Any app', isUnnamed: true, role: 'app', scopes: [] }]);
    expect(open({ kind: 'fdc3', appId: undefined })).toMatchObject({ ok: true, data: { name: 'Any app' } });
    for (const identity of [
      { kind: 'fdc3', appId: 'stranger' },
      { kind: 'origin', origin: 'https://stranger.example' },
      { kind: 'runtime', uuid: 'stranger', name: 'main' },
    ] as const)
      expect(open(identity)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    expect(open({ kind: 'fdc3', appId: 'chat' })).toMatchObject({ ok: true, data: { name: 'Chat' } });
  });
});
