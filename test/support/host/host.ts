/**
 * Holds the embedded orgs and desks of one of jest's workers, each with state and ports of its own: the same functions
 * that the commands run. Ends when its standard input does. See `hosts.mjs`.
 */
import '../../../sandbox/org/quietLibraries.ts';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { openDesk } from '../../../sandbox/desk/openDesk.ts';
import { readEnvironment } from '../../../sandbox/desk/environment.ts';
import { startOrg } from '../../../sandbox/org/server.ts';
import { startRequest, type Started, type StartRequest } from './hostMessages.ts';

interface Held {
  close(): Promise<void>;
  log: string;
}

const held = new Map<string, Held>();

async function start(request: StartRequest): Promise<Started> {
  const id = randomUUID();
  const one: Held = { close: async () => undefined, log: '' };
  held.set(id, one);
  try {
    if (request.what === 'org') {
      const { url, port, httpsPort, ssoUrl, close } = await startOrg({ control: true, ...request.options });
      one.close = close;
      return { id, org: { url, port, httpsPort, ssoUrl } };
    }
    const { close } = await openDesk(readEnvironment(request.variables), (line) => (one.log += `${line}\n`));
    one.close = close;
    return { id };
  } catch (error) {
    held.delete(id);
    throw error;
  }
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const id = request.url!.slice(1);
  if (request.method === 'POST') return start(startRequest.parse(await json(request)));
  const one = held.get(id);
  if (request.method === 'DELETE') {
    held.delete(id);
    await one?.close();
  }
  return { log: one?.log ?? '' };
}

const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
process.stdin.once('end', () => process.exit(0)).resume();
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
  keepLogs();
});

/**
 * From now on, whatever is written is the log of all that runs, whoever it is of: a search for secrets in it must miss
 * none. It is no news for whoever runs the tests.
 */
function keepLogs(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = ((chunk: string | Uint8Array) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      for (const one of held.values()) one.log += text;
      return true;
    }) as typeof stream.write;
  }
}
