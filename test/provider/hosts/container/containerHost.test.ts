/** @jest-environment jsdom */
/** Which callers are told of a lane, on the stand-in's channels. */
import { BroadcastChannel, MessageChannel } from 'node:worker_threads';
import { ChannelBus } from '../../../../sandbox/container/channelBus.ts';
import type { ContainerFin } from '../../../../src/provider/hosts/container/containerFin.ts';
import { createContainerHost } from '../../../../src/provider/hosts/container/containerHost.ts';
import { isSameSite } from '../../../../src/provider/hosts/container/sameSite.ts';
import { until } from '../../../support/until.ts';

/** A host is there for as long as its page. */
const open: { close(): void }[] = [];
class ClosedWithTest extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    open.push(this);
  }
}
/** Which jsdom does not have. */
Object.assign(globalThis, { BroadcastChannel: ClosedWithTest });
afterEach(() => open.splice(0).forEach((one) => one.close()));

const caller = (origin?: string) => ({ kind: 'runtime' as const, uuid: 'app', name: 'app', ...(origin && { origin }) });
/** This page's own site. */
const beside = caller('http://localhost:8102');
const identity = { uuid: 'provider', name: 'provider' };

function hostOn(getAllChannels?: () => Promise<object[]>) {
  const fin = new ChannelBus().runtime(identity);
  Object.assign(fin.InterApplicationBus.Channel, getAllChannels && { getAllChannels });
  const causes: unknown[] = [];
  const { port1 } = new MessageChannel();
  open.push(port1);
  const host = createContainerHost(fin as unknown as ContainerFin, 0, {
    relay: port1 as unknown as MessagePort,
    isSameSite,
    onUnavailable: (cause) => causes.push(cause),
  });
  return { host, causes };
}

it('tells an app of its own site of the ticket page, and no other: of another site, or with a page that is not known', async () => {
  const { host } = hostOn(async () => [{ ...identity, channelName: 'channel', channelId: '1' }]);
  await host.channels.create('channel');
  expect(host.laneTicketUrl!(beside)).toBe('http://localhost/ticket.html');
  for (const other of [caller('http://127.0.0.1:8102'), caller('https://localhost'), caller()])
    expect(host.laneTicketUrl!(other)).toBeUndefined();
});

it('provides by the channel alone, and says why, where the runtime does not tell what it calls that', async () => {
  const { host, causes } = hostOn(async () => []);
  await host.channels.create('channel');
  await until(() => causes.length > 0);
  expect(String(causes[0])).toContain('does not know the channel channel');
  expect(host.laneTicketUrl!(beside)).toBeUndefined();
});
