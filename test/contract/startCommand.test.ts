import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startDesk } from '../support/desk.ts';
import { sendRaw } from '../support/rawRequest.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { NODE_OPTIONS: _ofJest, ...inherited } = process.env;

/** Runs the start command until it ends by itself. */
async function run(variables: Record<string, string>, nodeArguments: string[] = []) {
  const child = spawn(process.execPath, [...nodeArguments, 'scripts/start.mjs'], {
    cwd: repository,
    env: { ...inherited, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { status: status as number | null, stdout, stderr };
}

const sentences = (output: string) => output.split('\n').filter((line) => line !== '');

describe('npm start', () => {
  it('says last that it is ready, serves every site, and leaves no process behind on Ctrl-C', async () => {
    const desk = await startDesk();
    expect(desk.output().trimEnd().split('\n').at(-1)).toBe(`Ready: ${desk.url}`);
    for (const origin of [desk.orgUrl, ...Object.values(desk.origins)]) {
      expect(
        await sendRaw(Number(new URL(origin).port), 'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
      ).toMatchObject({ status: 400 });
      const path = origin === desk.orgUrl ? '/services/data' : '/config.json';
      expect({ origin, status: (await fetch(origin + path)).status }).toEqual({ origin, status: 200 });
    }
    expect(await desk.stop('SIGINT')).toBe(0);
    for (const origin of [desk.orgUrl, ...Object.values(desk.origins)]) await expect(fetch(origin)).rejects.toThrow();
  });

  it('ends with one sentence when a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const ended = await run({ PORT: String(port), ORG_PORT: String(port - 1) });
    server.close();
    expect(ended.status).toBe(1);
    expect(sentences(ended.stderr)).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
  });

  it.concurrent.each([
    [{ SALESFORCE_ORG_URL: 'https://acme.my.salesforce.com' }, 'SALESFORCE_CONSUMER_KEY'],
    [{ SALESFORCE_ORG_URL: 'https://login.salesforce.com', SALESFORCE_CONSUMER_KEY: 'key' }, 'My Domain'],
    [{ PORT: 'seventy' }, 'PORT=seventy'],
    [{ SANDBOX_CONTACTS: 'abc' }, 'SANDBOX_CONTACTS=abc: use a whole number from 1 to 100000.'],
  ])('refuses %j before anything starts', async (variables, sentence) => {
    const { status, stdout, stderr } = await run(variables);
    expect(status).toBe(2);
    expect(sentences(stderr)).toEqual([expect.stringContaining(sentence)]);
    expect(stdout).not.toContain('Seeding');
  });

  it.concurrent('says which Node.js it needs', async () => {
    const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.0"})';
    const { status, stderr } = await run({}, ['--import', older]);
    expect(status).toBe(1);
    expect(sentences(stderr)).toEqual([expect.stringMatching(/18\.20\.0 is too old.*20\.19/)]);
  });
});
