import { createServer, type AddressInfo } from 'node:net';
import { bySystem } from '../support/bySystem.ts';
import { startDeskProcess, type DeskProcess } from '../support/desk.ts';
import { runNode } from '../support/nodeProcess.ts';
import { sendRaw } from '../support/rawRequest.ts';

/** Runs the start command until it ends by itself. */
const run = (environment: Record<string, string>, nodeArguments: string[] = []) =>
  runNode([...nodeArguments, 'scripts/start.mjs'], { environment });

const sentences = (output: string) => output.split('\n').filter((line) => line !== '');

describe('npm start', () => {
  /** Ends a desk that serves every site. */
  async function serveAndEnd(end: (desk: DeskProcess) => Promise<number | null>): Promise<void> {
    const desk = await startDeskProcess();
    expect((await desk.log()).trimEnd().split('\n').at(-1)).toBe(`Ready: ${desk.url}`);
    for (const origin of [desk.orgUrl, ...Object.values(desk.origins)]) {
      expect(
        await sendRaw(Number(new URL(origin).port), 'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
      ).toMatchObject({ status: 400 });
      const path = origin === desk.orgUrl ? '/services/data' : '/config.json';
      expect({ origin, status: (await fetch(origin + path)).status }).toEqual({ origin, status: 200 });
    }
    expect(await end(desk)).toBe(0);
    for (const origin of [desk.orgUrl, ...Object.values(desk.origins)]) await expect(fetch(origin)).rejects.toThrow();
  }

  bySystem('on Windows, where only the console can send Ctrl-C', {
    posix() {
      it('says last that it is ready, serves every site, and leaves no process behind on Ctrl-C', () =>
        serveAndEnd((desk) => desk.interrupt()));
    },
    windows() {
      it('says last that it is ready, serves every site, and leaves no process behind when its parent goes away', () =>
        serveAndEnd((desk) => desk.stop()));
    },
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
    [{ SANDBOX_CONTACTS: 'abc' }, 'SANDBOX_CONTACTS=abc: use a whole number from 0 to 100000.'],
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
