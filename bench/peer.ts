import type { Page } from 'playwright-core';
import type { SalesforceConnection } from '@openfin/salesforce';
import { defaultConsumerKey } from '../sandbox/org/oauth/defaultClients.ts';
import type { ContainerRuntime } from '../sandbox/container/containerRuntime.ts';
import { callPeer, type PeerSettled } from '../test/support/peerPage.ts';
import { orgUrl, type Stage } from './stage.ts';
import type { Variant } from './variant.ts';

interface PeerGlobals {
  connection: SalesforceConnection;
}

export const peerLogin = [orgUrl, defaultConsumerKey] as const;

/** `@openfin/salesforce`, unmodified, in applications of the container's stand-in. */
export async function openPeer(stage: Stage): Promise<Variant & { close(): Promise<void> }> {
  const { runtime } = await stage.openRuntime();
  const [first, second] = [await launchPeer(runtime, stage, 'peer-1'), await launchPeer(runtime, stage, 'peer-2')];

  const timeConnect = async (page: Page): Promise<number> => {
    await page.reload();
    return peerValueOf(
      await callPeer(
        page,
        async (peer, [org, key]) => {
          const start = performance.now();
          const connection = await peer.connect(org, key);
          const took = performance.now() - start;
          const request = async (path: string): Promise<unknown> => (await connection.executeApiRequest(path)).data;
          Object.assign(globalThis, { connection, request });
          return took;
        },
        peerLogin,
      ),
    );
  };
  const disconnect = async (page: Page): Promise<void> =>
    peerValueOf(await callPeer(page, () => (globalThis as unknown as PeerGlobals).connection.disconnect()));

  return {
    name: 'peer',
    connectFirst: () => timeConnect(first),
    connectSecond: () => timeConnect(second),
    page: async () => first,
    async disconnect() {
      await disconnect(first);
      await disconnect(second);
    },
    close: () => runtime.close(),
  };
}

/** The page of a new application that has the package. */
export async function launchPeer(runtime: ContainerRuntime, { otherOrigin }: Stage, uuid: string): Promise<Page> {
  const { page } = await runtime.launch({ manifest: {}, uuid, url: `${otherOrigin}/`, autoShow: true });
  await page.waitForLoadState();
  return page;
}

/** The value of a call that has to succeed. */
export function peerValueOf<R>({ value, error }: PeerSettled<R>): R {
  if (error) throw new Error(`@openfin/salesforce: ${error.name}: ${error.message}`);
  return value as R;
}
