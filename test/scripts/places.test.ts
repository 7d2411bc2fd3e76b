import { adviceOn, chromiumPlaces, headlessShellPlaces, serverPlaces } from '../../scripts/places.mjs';

describe('what the tests need of a machine', () => {
  it('is looked for on Windows where programs are there, those of one person too', () => {
    const environment = { ProgramFiles: String.raw`D:\Programs`, LOCALAPPDATA: String.raw`C:\Users\Kim\AppData\Local` };
    expect(chromiumPlaces('win32', environment)).toEqual([
      String.raw`D:\Programs\Google\Chrome\Application\chrome.exe`,
      String.raw`C:\Users\Kim\AppData\Local\Google\Chrome\Application\chrome.exe`,
    ]);
    expect(serverPlaces('caddy', 'win32', { Path: String.raw`C:\Windows;C:\Program Files\Caddy;` })).toEqual([
      String.raw`C:\Windows\caddy.exe`,
      String.raw`C:\Program Files\Caddy\caddy.exe`,
    ]);
  });

  it('is looked for elsewhere in the usual folders, servers on the PATH too', () => {
    expect(chromiumPlaces('linux', {})).toContain('/usr/bin/chromium');
    expect(headlessShellPlaces('linux')).toEqual(['/usr/bin/chromium-headless-shell']);
    expect(headlessShellPlaces('darwin')).toEqual([]);
    expect(chromiumPlaces('darwin', {}).every((file) => file.startsWith('/Applications/'))).toBe(true);
    expect(serverPlaces('nginx', 'linux', { PATH: '/home/kim/bin:/usr/bin' })).toEqual(
      expect.arrayContaining(['/usr/sbin/nginx', '/home/kim/bin/nginx']),
    );
  });

  it('is asked for in the words of the system', () => {
    for (const what of ['chromium', 'servers'] as const) {
      expect(adviceOn('linux', what)).toContain('apt-get');
      expect(adviceOn('freebsd', what)).toContain('Debian:');
      for (const platform of ['win32', 'darwin'] as const) expect(adviceOn(platform, what)).not.toMatch(/apt-get|sudo/);
    }
  });
});
