import { jest } from '@jest/globals';
import { portRuntime } from '../../../../src/channel/ports/portRuntime.ts';
import { createPageChannel } from '../../../../src/provider/hosts/fdc3/pageChannel.ts';

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** The provider's page, with the windows of its own frames; the browser says with each message where it is from. */
function openPage() {
  const events = new EventTarget();
  const own = new Set<object>();
  const channel = createPageChannel({
    page: Object.assign(events, { location: { origin: 'https://crm.bank.example' } }) as unknown as Window,
    isOwnFrame: (source) => own.has(source),
  });
  /** The provider's page as a window of this origin sees it. */
  const seenFrom = (source: object, origin: string) => ({
    postMessage(data: unknown, _targetOrigin: string, transfer: MessagePort[] = []): void {
      ports.push(...transfer);
      events.dispatchEvent(Object.assign(new Event('message'), { data, source, origin, ports: transfer }));
    },
  });
  return {
    ...channel,
    seenFrom,
    addFrame(): object {
      const frame = {};
      own.add(frame);
      return frame;
    },
    connect: (source: object, origin: string, name = 'salesforce-interop') =>
      portRuntime(
        { page: seenFrom(source, origin) as Window, origin: 'https://crm.bank.example' },
        origin,
      ).InterApplicationBus.Channel.connect(name),
  };
}

const recordView = 'https://record.bank.example';

it("a page in one of the provider's own frames is let in as the origin that the browser names", async () => {
  const page = openPage();
  const provider = await page.channels.create('salesforce-interop');
  provider.register('whoami', (payload: unknown, { uuid }: { uuid: string }) => ({ payload, uuid }));
  const client = await page.connect(page.addFrame(), recordView);
  expect(await client.dispatch('whoami', { uuid: 'https://else.example' })).toEqual({
    payload: { uuid: 'https://else.example' },
    uuid: recordView,
  });
});

it('no other window gets a channel, nor does a frame that asks for another, or before there is one', async () => {
  const page = openPage();
  const frame = page.addFrame();
  const joined = jest.fn();
  void page.connect(frame, recordView).then(joined);
  const provider = await page.channels.create('salesforce-interop');
  provider.register('whoami', (_payload: unknown, { uuid }: { uuid: string }) => uuid);
  void page.connect({}, recordView).then(joined);
  void page.connect(frame, recordView, 'another-channel').then(joined);
  page.seenFrom(frame, recordView).postMessage({ type: 'salesforce-interop.portRequest' }, '*');
  const client = await page.connect(page.addFrame(), recordView);
  expect(await client.dispatch('whoami')).toBe(recordView);
  expect(joined).not.toHaveBeenCalled();
});

it('the provider tells one page at a time, and learns that it has left', async () => {
  const page = openPage();
  const provider = await page.channels.create('salesforce-interop');
  const clients: object[] = [];
  const left: object[] = [];
  provider.register('hello', (_payload: unknown, client: object) => void clients.push(client));
  provider.onDisconnection((client: object) => void left.push(client));
  const [one, other] = [
    await page.connect(page.addFrame(), recordView),
    await page.connect(page.addFrame(), recordView),
  ];
  await one.dispatch('hello');
  await other.dispatch('hello');
  const heard = jest.fn(() => 'heard');
  one.register('state', heard);
  expect(await provider.dispatch(clients[0] as never, 'state', { is: 1 })).toBe('heard');
  await expect(provider.dispatch(clients[1] as never, 'state', {})).rejects.toThrow();
  await one.disconnect();
  await other.dispatch('hello');
  expect(left).toEqual([clients[0]]);
  await expect(provider.dispatch(clients[0] as never, 'state', {})).rejects.toThrow('not there any more');
});

it('a page that is loaded anew in its frame takes the place of the one before', async () => {
  const page = openPage();
  const provider = await page.channels.create('salesforce-interop');
  const left = jest.fn();
  provider.onDisconnection(left);
  provider.register('hello', () => 'hello');
  const frame = page.addFrame();
  const before = await page.connect(frame, recordView);
  const isGone = new Promise<void>((resolve) => before.onDisconnection(resolve));
  const after = await page.connect(frame, 'https://else.example');
  await isGone;
  expect(left).toHaveBeenCalledWith(expect.objectContaining({ uuid: recordView }));
  expect(await after.dispatch('hello')).toBe('hello');
});

it("the provider's own page asks and is told without a port", async () => {
  const page = openPage();
  const provider = await page.channels.create('salesforce-interop');
  const told = jest.fn(() => 'seen');
  const ask = page.joinOwnPage(told);
  const clients: { uuid: string }[] = [];
  provider.register('hello', (payload: unknown, client: { uuid: string }) => {
    clients.push(client);
    return payload;
  });
  expect(await ask('hello', 1)).toBe(1);
  expect(clients[0]!.uuid).toBe('https://crm.bank.example');
  expect(await provider.dispatch(clients[0] as never, 'platform.notice', 2)).toBe('seen');
  expect(told).toHaveBeenCalledWith('platform.notice', 2);
});
