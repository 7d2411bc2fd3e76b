/**
 * The processes that hold the embedded orgs and desks of a test run: one for each of jest's workers, started when its
 * first test file asks for one. Starting an org in a process that has all its modules loaded and compiled takes a
 * tenth of the processor time of a process of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../../..');
/** Hosts by the id of the worker. */
const hosts = new Map();
let server;

/** Opens the place at which workers ask for their host: `TEST_HOSTS_URL`. */
export async function openHosts() {
  server = createServer((request, response) => {
    const workerId = request.url;
    if (!hosts.has(workerId))
      hosts.set(
        workerId,
        startHost(() => hosts.delete(workerId)),
      );
    hosts.get(workerId).then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.TEST_HOSTS_URL = `http://127.0.0.1:${server.address().port}/`;
}

/** Ends all hosts. */
export async function closeHosts() {
  server.close();
  server.closeAllConnections();
  for (const started of [...hosts.values()]) await started.then(({ end }) => end()).catch(() => undefined);
}

/**
 * @param onExit Called when it has ended: the next test file gets another, should that be before its time.
 * @returns where the host is, once it listens.
 */
async function startHost(onExit) {
  // A child of jest would take over its flags.
  const { NODE_OPTIONS: _ofJest, ...environment } = process.env;
  const program = path.join(import.meta.dirname, 'host.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    cwd: repository,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  void exited.then(onExit);
  const ended = exited.then(([code]) => Promise.reject(new Error(`The host of the test orgs ended with ${code}.`)));
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended]);
  return {
    url: line.trim(),
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}
