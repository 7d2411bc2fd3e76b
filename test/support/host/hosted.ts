import { started, written, type Started, type StartRequest } from './hostMessages.ts';

/** What runs in the host of this worker. */
export interface Hosted extends Started {
  /** What has been written since it was started. */
  log(): Promise<string>;
  /** Ends it, with all connections. */
  stop(): Promise<void>;
}

/** @throws Error with the host's own words when it could not be started. */
export async function startHosted(request: StartRequest): Promise<Hosted> {
  const hosts = process.env['TEST_HOSTS_URL'];
  if (hosts === undefined) throw new Error('Only within a run of jest: it has the hosts of orgs and desks.');
  const host = await ask(`${hosts}${process.env['JEST_WORKER_ID'] ?? '1'}`);
  const running = started.parse(JSON.parse(await ask(host, { method: 'POST', body: JSON.stringify(request) })));
  const place = `${host}${running.id}`;
  return {
    ...running,
    log: async () => written.parse(JSON.parse(await ask(place))).log,
    stop: async () => void (await ask(place, { method: 'DELETE' })),
  };
}

async function ask(url: string, options: RequestInit = {}): Promise<string> {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
