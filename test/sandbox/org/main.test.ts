import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { runNode } from '../../support/nodeProcess.ts';
import { startOrgProcess } from '../../support/org.ts';

/** Runs the command and closes its standard input; resolves when it has ended. */
async function run(...flags: string[]): Promise<{ status: number | null; output: string; errors: string }> {
  const { status, stdout, stderr } = await runNode(['--import', 'tsx', 'sandbox/org/main.ts', ...flags]);
  return { status, output: stdout, errors: stderr };
}

describe('the command that starts the embedded org', () => {
  it('prints one line of JSON, and ends when its parent goes away', async () => {
    const { status, output } = await run('--port', '0', '--size', '50', '--exit-with-parent');
    expect(status).toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    const { url, port } = JSON.parse(output) as { url: string; port: number };
    expect(url).toBe(`http://localhost:${port}`);
  });

  it('says in one sentence that the port is in use', async () => {
    const occupied = createServer().listen(0, '127.0.0.1');
    await once(occupied, 'listening');
    const { port } = occupied.address() as AddressInfo;
    const { status, output, errors } = await run('--port', String(port), '--size', '50');
    occupied.close();
    expect(status).toBe(1);
    expect(output).toBe('');
    expect(errors.trim().split('\n').at(-1)).toBe(
      `Port ${port} is in use; stop the program that holds it or choose another with --port.`,
    );
  });

  it('explains its flags, and names those it does not take', async () => {
    const help = await run('--help');
    expect(help.status).toBe(0);
    expect(help.output).toContain('--allow-origin');
    const wrong = await run('--nonsense');
    expect(wrong.status).toBe(2);
    expect(wrong.errors).toBe("Unknown option '--nonsense': --help shows the flags.\n");
  });

  it.concurrent.each([
    [['--port', 'seventy'], '--port=seventy: use a whole number from 0 to 65535, where 0 takes a free port.'],
    [['--size', '100001'], '--size=100001: use a whole number from 0 to 100000.'],
    [['--org-url', 'acme'], '--org-url=acme: use a URL that begins with https:// or http://.'],
    [
      ['--allow-origin', 'https://a.example', '--allow-origin', 'b.example/x'],
      '--allow-origin=b.example/x: use an origin: https://host, https://*.example.com or http://localhost:port.',
    ],
    [
      ['--login-coop', 'open'],
      '--login-coop=open: use one of same-origin, same-origin-allow-popups, unsafe-none, noopener-allow-popups.',
    ],
    [['--options', 'contacts=5'], '--options=contacts=5 is no JSON object: use one such as {"contacts":500}.'],
    [['--options', '{"sessionTimeout":"never"}'], 'sessionTimeout is "never" in --options: use one of sliding, fixed.'],
    [
      ['--options', '{"clients":[{"consumerKey":"a","redirectUris":["b"]}]}'],
      'clients.0.redirectUris.0 is "b" in --options: use a URL that begins with https:// or http://.',
    ],
    [
      ['--options', '{"clients":[{"redirectUris":["http://localhost/"]}]}'],
      'clients.0.consumerKey is missing in --options: use a text that is not empty.',
    ],
    [
      ['--options', '{"clients":[{"consumerKey":"a","redirectUris":["http://localhost/"],"secret":5}]}'],
      'clients.0.secret is not right in --options: use a text that is not empty.',
    ],
    [['--options', '{"contats":5}'], 'contats is 5 in --options: there is no such option.'],
  ])('ends with 2 and one sentence for %j', async (flags, sentence) => {
    const { status, output, errors } = await run(...flags);
    expect({ status, output, errors }).toEqual({ status: 2, output: '', errors: `${sentence}\n` });
  });

  it('names its URLs after orgUrl when another server stands in front', async () => {
    const org = await startOrgProcess({ contacts: 50, orgUrl: 'https://acme.my.salesforce.com/' });
    try {
      expect(org.url).toBe('https://acme.my.salesforce.com');
      const local = `http://localhost:${org.port}`;
      const discovery = await fetch(`${local}/.well-known/openid-configuration`);
      expect(await discovery.json()).toMatchObject({
        issuer: org.url,
        token_endpoint: `${org.url}/services/oauth2/token`,
      });
      expect((await org.control.counts()).requests).toMatchObject({ 'GET /.well-known/openid-configuration': 1 });
    } finally {
      await org.stop();
    }
  });

  it('does not answer to a name that somebody pointed at this machine', async () => {
    const org = await startOrgProcess({ contacts: 50 });
    try {
      const { port } = org;
      const ask = request({ port, host: '127.0.0.1', path: '/services/data', headers: { host: 'evil.example' } });
      ask.end();
      const [response] = (await once(ask, 'response')) as [{ statusCode: number; resume(): void }];
      response.resume();
      expect(response.statusCode).toBe(421);
    } finally {
      await org.stop();
    }
  });
});
