import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate } from 'selfsigned';
import { until } from '../../support/until.ts';

export interface RunningServer {
  /** What it has written so far. */
  output(): string;
  /** Each server is one process, of which nothing is left where a signal ends it at once, as on Windows. */
  stop(): Promise<void>;
}

function programOf(variable: string, usual: string): string {
  return process.env[variable] ?? usual;
}

async function run(
  program: string,
  args: string[],
  environment: NodeJS.ProcessEnv,
  isReady: () => Promise<boolean>,
): Promise<RunningServer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  const ended = exited.then(() => Promise.reject(new Error(`${program} did not start:\n${output}`)));
  await Promise.race([until(isReady), ended]);
  ended.catch(() => undefined);
  return {
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A path as the servers' files name it: a backslash would change the letter behind it. */
export const inFile = (file: string): string => file.replaceAll('\\', '/');

/**
 * The real nginx, as this user, with the server blocks of a file and more.
 *
 * @param folder Where it keeps what is its own.
 */
export async function runNginx(
  folder: string,
  included: string,
  more: string,
  isReady: () => Promise<boolean>,
): Promise<RunningServer> {
  await mkdir(folder, { recursive: true });
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path "${inFile(path.join(folder, name))}";`,
  );
  const file = path.join(folder, 'nginx.conf');
  await writeFile(
    file,
    [
      'daemon off;',
      'master_process off;',
      `pid "${inFile(path.join(folder, 'pid'))}";`,
      'error_log stderr;',
      'events {}',
      'http {',
      'access_log off;',
      ...paths,
      `include "${inFile(included)}";`,
      more,
      '}',
    ].join('\n'),
  );
  return run(programOf('NGINX_PATH', '/usr/sbin/nginx'), ['-c', file, '-e', 'stderr'], {}, isReady);
}

/** The real Caddy, with a Caddyfile. @param folder Where it keeps what is its own. */
export async function runCaddy(
  folder: string,
  caddyfile: string,
  isReady: () => Promise<boolean>,
): Promise<RunningServer> {
  await mkdir(folder, { recursive: true });
  const environment = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return run(
    programOf('CADDY_PATH', '/usr/bin/caddy'),
    ['run', '--adapter', 'caddyfile', '--config', caddyfile],
    environment,
    isReady,
  );
}

/** A certificate and a key for each host, as `HOST.pem` and `HOST.key`. */
export async function writeCertificates(folder: string, hosts: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const host of hosts) {
    const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
    });
    await writeFile(path.join(folder, `${host}.pem`), cert);
    await writeFile(path.join(folder, `${host}.key`), key);
  }
}
