import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documentationSite } from '../../../sandbox/desk/documentation.ts';
import { originAfterSites } from '../../../sandbox/desk/sites.ts';
import { headersOf } from '../../../src/sites/siteHeaders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'documentation-'));
});
afterEach(() => rm(folder, { recursive: true }));

const origin = 'http://localhost:7077';
const write = async (file: string, text: string) => {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
};

describe('the documentation beside the desktop', () => {
  it('is not there until it has been built', async () => {
    expect(await documentationSite(origin, folder)).toBeUndefined();
  });

  it('has the first port after all others, wherever the org is and whichever apps are served', () => {
    const apps = [{ appId: 'mine', title: 'Mine', folder: 'dist' }];
    expect(
      [
        { port: 7070, orgPort: 7071 },
        { port: 7070, orgPort: 7077 },
        { port: 7070, orgPort: 7071, apps },
      ].map(originAfterSites),
    ).toEqual(['http://localhost:7077', 'http://localhost:7078', 'http://localhost:7078']);
  });

  it('runs the scripts that were built into its pages, in any folder of it, and no others', async () => {
    await write('index.html', '<script id="theme">alert(1)</script><script type="module" src="/app.js"></script>');
    await write('api/client.html', '<script id="theme">alert(1)</script><script>alert("two\nlines")</script>');
    const { headers } = (await documentationSite(origin, folder))!;
    // openssl dgst -sha256 -binary | base64
    const hashes = [
      "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
      "'sha256-YyM+53eEPen/xf+lS3jvp5qAqfCzuaPjnrZxXYia4qI='",
    ];
    expect(headersOf(headers, '/api/client.html')['Content-Security-Policy']).toContain(
      `script-src 'self' ${hashes.join(' ')};`,
    );
  });

  it('loads nothing from elsewhere, and is framed by nobody', async () => {
    await write('index.html', '<p>Welcome');
    const policy = headersOf((await documentationSite(origin, folder))!.headers, '/')['Content-Security-Policy']!;
    expect(policy).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/https?:|\*|script-src[^;]*unsafe/);
  });
});
