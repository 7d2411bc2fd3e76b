/** @jest-environment jsdom */
import { MessageChannel } from 'node:worker_threads';
import { jest } from '@jest/globals';
import { failure, success } from '../../src/outcomes/failure.ts';
import { configure, connect } from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { until } from '../support/until.ts';
import { startProvider, type Answers } from './scriptedProvider.ts';

/** Which jsdom does not have. */
Object.assign(globalThis, { MessageChannel });

const ticketUrl = 'http://localhost:8102/ticket.html';
const ticketOrigin = 'http://localhost:8102';
const ticket = 'ticket-'.padEnd(40, '0');

interface Request {
  message: { type: string; nonce: string; client: object; channel: object };
  targetOrigin: string;
  frame: HTMLIFrameElement;
}

/** Stands in for the ticket page: hands what the client posts to the frame to `onRequest`. */
function ticketPage(onRequest: (request: Request) => void): MutationObserver {
  const observer = new MutationObserver((records) => {
    for (const frame of records.flatMap(({ addedNodes }) => [...addedNodes]) as HTMLIFrameElement[]) {
      frame.contentWindow!.postMessage = ((message: Request['message'], targetOrigin: string) => {
        onRequest({ message, targetOrigin, frame });
      }) as Window['postMessage'];
      frame.dispatchEvent(new Event('load'));
    }
  });
  observer.observe(document.body, { childList: true });
  return observer;
}

function post(data: unknown, origin: string, source: MessageEventSource | null): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

const answer = ({ message, frame }: Request) => {
  post({ type: 'salesforce-interop.ticket', nonce: message.nonce, ticket }, ticketOrigin, frame.contentWindow);
};

async function startIdentifying(
  answers: Answers = {},
  url = ticketUrl,
  provider?: Parameters<typeof configure>[0]['provider'],
  options?: { raw: boolean },
) {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }), provider });
  return startProvider(
    bus,
    {
      hello: () => success({ protocol: { major: 1, minor: 0 }, identification: { kind: 'ticket', ticketUrl: url } }),
      identify: () => success(null),
      ...answers,
    },
    options,
  );
}

let page: MutationObserver | undefined;
afterEach(() => {
  page?.disconnect();
  configure({});
  jest.useRealTimers();
  document.body.replaceChildren();
});

it("identifies with the ticket of the provider's ticket page before the first call", async () => {
  const provider = await startIdentifying();
  const requests: Request[] = [];
  page = ticketPage((request) => {
    requests.push(request);
    answer(request);
  });
  await connect();
  expect(requests).toMatchObject([
    {
      targetOrigin: ticketOrigin,
      message: {
        type: 'salesforce-interop.ticketRequest',
        nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
        client: { uuid: 'app', name: 'app' },
        channel: { uuid: 'provider', name: 'provider', channelId: provider.channel.providerIdentity.channelId },
      },
    },
  ]);
  expect(requests[0]!.frame.src).toBe(ticketUrl);
  expect(provider.received.map(({ action }) => action)).toEqual(['hello', 'identify', 'connect']);
  expect(provider.requests('identify')).toEqual([{ ticket }]);
});

it('shows nothing and leaves no frame behind', async () => {
  await startIdentifying();
  page = ticketPage((request) => {
    expect(request.frame.style.display).toBe('none');
    answer(request);
  });
  await connect();
  await until(() => document.querySelectorAll('iframe').length === 0);
});

it.each<[string, (request: Request) => void]>([
  [
    'another origin',
    ({ message, frame }) =>
      post(
        { type: 'salesforce-interop.ticket', nonce: message.nonce, ticket: 'x'.repeat(40) },
        'https://evil.example',
        frame.contentWindow,
      ),
  ],
  [
    'another window',
    ({ message }) =>
      post({ type: 'salesforce-interop.ticket', nonce: message.nonce, ticket: 'x'.repeat(40) }, ticketOrigin, window),
  ],
  [
    'another request',
    ({ frame }) =>
      post(
        { type: 'salesforce-interop.ticket', nonce: 'old', ticket: 'x'.repeat(40) },
        ticketOrigin,
        frame.contentWindow,
      ),
  ],
  [
    'another kind of message',
    ({ message, frame }) =>
      post({ type: 'hello', nonce: message.nonce, ticket: 'x'.repeat(40) }, ticketOrigin, frame.contentWindow),
  ],
])('takes no ticket from %s', async (_, interfere) => {
  const provider = await startIdentifying();
  page = ticketPage((request) => {
    interfere(request);
    answer(request);
  });
  await connect();
  expect(provider.requests('identify')).toEqual([{ ticket }]);
});

it('passes on that the provider does not accept the ticket', async () => {
  await startIdentifying({ identify: () => failure('APP_NOT_ALLOWED', 'Unknown ticket.') });
  page = ticketPage(answer);
  await expect(connect()).rejects.toMatchObject({ name: 'AuthorizationError', code: 'APP_NOT_ALLOWED' });
});

it('says what to check when the ticket page does not answer', async () => {
  jest.useFakeTimers();
  await startIdentifying();
  const outcome = connect().then(
    () => undefined,
    (error: unknown) => error,
  );
  await jest.advanceTimersByTimeAsync(15_000);
  expect(await outcome).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('frame-src') });
  await jest.runOnlyPendingTimersAsync();
  expect(document.querySelectorAll('iframe')).toHaveLength(0);
});

it('frames the ticket page once more when it does not answer, and takes the answer that comes first', async () => {
  jest.useFakeTimers();
  const provider = await startIdentifying();
  const requests: Request[] = [];
  page = ticketPage((request) => {
    requests.push(request);
    if (requests.length === 2) answer(requests[0]!);
  });
  const connecting = connect();
  await jest.advanceTimersByTimeAsync(4_900);
  expect(requests).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(200);
  await connecting;
  expect(requests).toHaveLength(2);
  expect(provider.requests('identify')).toEqual([{ ticket }]);
  expect(document.querySelectorAll('iframe')).toHaveLength(0);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(requests).toHaveLength(2);
});

describe("a provider's page that is a frame of the desktop", () => {
  const saysFrame = (frame: number) => ({
    hello: () => success({ protocol: { major: 1, minor: 7 }, identification: { kind: 'ticket', ticketUrl, frame } }),
  });
  const framed: HTMLIFrameElement[] = [];
  const asked: [message: Request['message'], targetOrigin: string, ports: unknown[]][] = [];
  let provider: Window;
  beforeEach(() => {
    framed.splice(0);
    asked.splice(0);
    provider = document.body.appendChild(document.createElement('iframe')).contentWindow!;
    provider.postMessage = ((...given: (typeof asked)[0]) => void asked.push(given)) as Window['postMessage'];
    page = ticketPage((request) => {
      framed.push(request.frame);
      answer(request);
    });
  });
  afterEach(() => {
    Object.assign(window, { opener: null });
  });
  const giveTicket = (source: Window = provider) =>
    post({ type: 'salesforce-interop.ticket', nonce: asked[0]![0].nonce, ticket }, ticketOrigin, source);

  it('is asked itself, and nothing is framed', async () => {
    const { channel, requests } = await startIdentifying(saysFrame(0));
    const connecting = connect();
    await until(() => asked.length > 0);
    giveTicket(window);
    expect(requests('identify')).toEqual([]);
    giveTicket();
    await connecting;
    const { uuid, name, channelId } = channel.providerIdentity;
    expect(asked).toEqual([
      [
        {
          type: 'salesforce-interop.ticketRequest',
          nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
          client: { uuid: 'app', name: 'app' },
          channel: expect.objectContaining({ uuid, name, channelId }),
        },
        ticketOrigin,
        [expect.anything()],
      ],
    ]);
    expect(requests('identify')).toEqual([{ ticket }]);
    expect(framed).toEqual([]);
  });

  it('is found from a window that the desktop has opened', async () => {
    Object.assign(window, { opener: { top: [{}, provider] } });
    await startIdentifying(saysFrame(1));
    const connecting = connect();
    await until(() => asked.length > 0);
    giveTicket();
    await connecting;
    expect(framed).toEqual([]);
  });

  it.each([
    ['there is no such frame', () => undefined],
    ['the window that has opened this one is closed', () => Object.assign(window, { opener: { top: null } })],
    [
      'the browser shows none',
      () =>
        Object.assign(window, {
          opener: {
            get top(): never {
              throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
            },
          },
        }),
    ],
  ])('is not needed where %s: the ticket page is framed', async (_, prepare) => {
    prepare();
    const { requests } = await startIdentifying(saysFrame(7));
    await connect();
    expect([asked, framed.length]).toEqual([[], 1]);
    expect(requests('identify')).toEqual([{ ticket }]);
  });

  it('is not waited for when it does not answer: the ticket page is framed', async () => {
    jest.useFakeTimers();
    await startIdentifying(saysFrame(0));
    const connecting = connect();
    await jest.advanceTimersByTimeAsync(4_900);
    expect([asked.length, framed.length]).toEqual([1, 0]);
    await jest.advanceTimersByTimeAsync(200);
    await connecting;
    expect(framed).toHaveLength(1);
  });
});

it('does not frame anything but a web page', async () => {
  await startIdentifying({}, 'javascript:alert(1)', undefined, { raw: true });
  page = ticketPage(answer);
  await expect(connect()).rejects.toMatchObject({
    name: 'InitializationError',
    message: expect.stringContaining('no web page'),
  });
});

describe('a provider that is not the expected one', () => {
  const hello = () => success({ protocol: { major: 1, minor: 0 }, identification: { kind: 'runtime' } });
  const impostor = { code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('Another app') };

  it('is told by its ticket page, and gets no ticket', async () => {
    const provider = await startIdentifying({}, ticketUrl, { origin: 'https://crm.bank.example' });
    page = ticketPage(answer);
    await expect(connect()).rejects.toMatchObject(impostor);
    expect(provider.received.map(({ action }) => action)).toEqual(['hello']);
  });

  it('is told by having none', async () => {
    const provider = await startIdentifying({ hello }, ticketUrl, { origin: ticketOrigin });
    await expect(connect()).rejects.toMatchObject(impostor);
    expect(provider.received.map(({ action }) => action)).toEqual(['hello']);
  });

  it("is told by the provider's ticket page, which knows its own channel", async () => {
    const provider = await startIdentifying();
    page = ticketPage(({ message, frame }) =>
      post({ type: 'salesforce-interop.ticketRefused', nonce: message.nonce }, ticketOrigin, frame.contentWindow),
    );
    await expect(connect()).rejects.toMatchObject(impostor);
    expect(provider.received.map(({ action }) => action)).toEqual(['hello']);
  });

  it('is told by its uuid in the container, before anything is sent', async () => {
    const provider = await startIdentifying({ hello }, ticketUrl, { uuid: 'the-real-provider' });
    await expect(connect()).rejects.toMatchObject(impostor);
    expect(provider.received).toEqual([]);
  });

  it('is the expected one where origin or uuid are right', async () => {
    await startIdentifying({}, ticketUrl, { origin: ticketOrigin });
    page = ticketPage(answer);
    await connect();
    await startIdentifying({ hello }, ticketUrl, { uuid: 'provider' });
    await connect();
  });

  it.each([
    { origin: 'https://crm.bank.example/' },
    { origin: 'file://' },
    { origin: 'nonsense' },
    { uuid: '' },
    {},
    { origin: ticketOrigin, uuid: 'provider' },
  ])('cannot be described by %j', (provider) => {
    expect(() => configure({ provider: provider as { uuid: string } })).toThrow('provider must be');
  });
});
