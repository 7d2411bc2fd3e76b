import '../../../sandbox/org/quietLibraries.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDesk } from '../../../sandbox/testing/startDesk.ts';

const addressesOf = ({ origins, org }: Awaited<ReturnType<typeof startDesk>>): string[] => [
  ...Object.values(origins),
  org.url,
];

it('desks run beside each other, and leave no port behind', async () => {
  const desks = await Promise.all([
    startDesk({ org: { contacts: 5 } }),
    startDesk({ samples: false, org: { contacts: 5 } }),
  ]);
  const addresses = desks.flatMap(addressesOf);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(desks.map(({ origins }) => Object.keys(origins))).toEqual([
    ['platform', 'provider', 'contacts', 'account-360', 'intent-raiser', 'record-view'],
    ['platform', 'provider', 'record-view'],
  ]);
  for (const { joins, origins } of desks)
    expect(await (await fetch(`${origins['record-view']}/config.json`)).json()).toEqual(joins);
  await Promise.all(desks.map(({ stop }) => stop()));
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
});

it('an app that is a folder is served with a policy and with what it needs to join', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'app-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Mine</title>');
  const desk = await startDesk({
    samples: false,
    org: { contacts: 5 },
    apps: [
      { appId: 'theirs', title: 'Theirs', url: 'http://localhost:5173/' },
      { appId: 'mine', title: 'Mine', folder, usesSalesforce: true },
    ],
  });
  try {
    const page = await fetch(`${desk.origins['mine']}/`);
    expect(await page.text()).toContain('Mine');
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${desk.origins['platform']}`);
    expect(await (await fetch(`${desk.origins['mine']}/config.json`)).json()).toEqual(desk.joins);
    const { applications } = (await (await fetch(`${desk.url}v2/apps`)).json()) as {
      applications: { appId: string; details: { url: string } }[];
    };
    expect(
      applications.filter(({ appId }) => ['mine', 'theirs'].includes(appId)).map(({ details }) => details.url),
    ).toEqual(['http://localhost:5173/', `${desk.origins['mine']}/`]);
  } finally {
    await desk.stop();
    await rm(folder, { recursive: true });
  }
});

it('a desktop that cannot be is refused in a sentence', async () => {
  const app = { appId: 'twice', title: 'Mine', url: 'http://localhost:5173/' };
  await expect(
    startDesk({ org: { contacts: 5 }, apps: [app, { ...app, url: 'http://localhost:5174/' }] }),
  ).rejects.toMatchObject({ name: 'ConfigurationError' });
  await expect(startDesk({ org: { contacts: -1 } })).rejects.toMatchObject({
    name: 'OptionError',
    message: expect.stringContaining('contacts is -1'),
  });
});
