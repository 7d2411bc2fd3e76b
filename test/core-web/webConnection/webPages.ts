/** A platform page, and pages that look for a desktop agent there, without a browser: messages, windows and ports. */
import { BrowserTypes, ChannelError, OpenError, ResolveError, ResultError } from '@finos/fdc3';
import type { AppRecord } from '../../../src/core-web/appDirectory.ts';
import { AppInstances } from '../../../src/core-web/appInstances.ts';
import { ContextChannels } from '../../../src/core-web/channels/contextChannels.ts';
import { UserChannels } from '../../../src/core-web/channels/userChannels.ts';
import { createDesktopRouter } from '../../../src/core-web/router/desktopRouter.ts';
import { acceptWebConnections } from '../../../src/core-web/webConnection/webConnections.ts';

export interface Message {
  type: string;
  meta: { requestUuid?: string; eventUuid?: string };
  payload: Record<string, unknown>;
}

const errors: unknown[] = [ChannelError, OpenError, ResolveError, ResultError].flatMap((one) => Object.values(one));

/** FINOS' own check of a message against the schema of its type; of an error, whether the standard has it at all. */
function isOfTheStandard(message: Message): boolean {
  if ('error' in message.payload) return [...errors, 'MalformedMessage'].includes(message.payload['error']);
  const name = message.type
    .replace(/^WCP(\d)/, 'WebConnectionProtocol$1')
    .replace('IdentityResponse', 'IdentitySuccessResponse');
  const check = (BrowserTypes as unknown as Record<string, unknown>)[
    `isValid${name[0]!.toUpperCase()}${name.slice(1)}`
  ];
  if (typeof check !== 'function') throw new Error(`FDC3 has no message ${message.type}`);
  return Boolean((check as (value: unknown) => unknown)(message));
}

/** The port of a page that has joined or was refused. */
export class PagePort {
  readonly #port: MessagePort;
  readonly heard: Message[] = [];
  readonly #news = new EventTarget();

  constructor(port: MessagePort) {
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      expect([data.type, isOfTheStandard(data)]).toEqual([data.type, true]);
      this.heard.push(data);
      this.#news.dispatchEvent(new Event('heard'));
    });
    port.start();
  }

  /** The first message that fits, heard already or to come. */
  async next(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.heard.find(fits);
      if (found) return found;
      await new Promise((resolve) => this.#news.addEventListener('heard', resolve, { once: true }));
    }
  }

  event = (type: string) => this.next((message) => message.type === type);

  say(message: unknown): void {
    this.#port.postMessage(message);
  }

  /** Asks as `@finos/fdc3` does. @returns the payload of the answer */
  async ask(type: string, payload: object = {}): Promise<Record<string, unknown>> {
    const requestUuid = crypto.randomUUID();
    this.say({ type, meta: { requestUuid, timestamp: new Date() }, payload });
    const answer = type.replace(/Request$/, 'Response');
    return (await this.next((message) => message.type === answer && message.meta.requestUuid === requestUuid)).payload;
  }

  /** Says that it is there, as `@finos/fdc3` does; a page that is gone does not. */
  beats(): this {
    this.#port.addEventListener('message', ({ data: { type, meta } }: MessageEvent<Message>) => {
      if (type !== 'heartbeatEvent') return;
      const acknowledged = { requestUuid: crypto.randomUUID(), timestamp: new Date() };
      const payload = { heartbeatEventUuid: meta.eventUuid };
      this.say({ type: 'heartbeatAcknowledgementRequest', meta: acknowledged, payload });
    });
    return this;
  }

  close(): void {
    this.#port.close();
  }
}

export function startWebPlatform(directory: readonly AppRecord[]) {
  const page = new EventTarget();
  const instances = new AppInstances();
  const userChannels = new UserChannels();
  const channels = new ContextChannels({ userChannels });
  const refused: { origin: string; reason: string }[] = [];
  const ports: PagePort[] = [];
  const stop = acceptWebConnections({
    page: page as unknown as Window,
    directory,
    instances,
    channels,
    userChannels,
    router: createDesktopRouter({
      directory,
      instances,
      channels,
      choose: async () => null,
      openApp: () => 'shown',
      onHandlerRejected: () => undefined,
      listenerTimeoutMs: 200,
    }),
    provider: { name: 'test', version: '1.0.0' },
    onRefused: (one) => void refused.push(one),
  });

  /** A window that pages of several origins may be shown in, one after the other. */
  function openWindow() {
    const source: EventTarget & { postMessage?: unknown; closed?: boolean } = new EventTarget();
    const answers = new EventTarget();
    return {
      source,
      close: () => void (source.closed = true),
      /** Until the next port is handed to it. */
      answered: () => new Promise((resolve) => answers.addEventListener('answered', resolve, { once: true })),

      /** Says hello. @returns the port, or undefined where there is no answer */
      hello(origin: string): PagePort | undefined {
        let port: PagePort | undefined;
        source.postMessage = (
          message: Message,
          { targetOrigin, transfer }: { targetOrigin: string; transfer: MessagePort[] },
        ) => {
          expect([message.type, isOfTheStandard(message), targetOrigin]).toEqual(['WCP3Handshake', true, origin]);
          port = new PagePort(transfer[0]!);
          ports.push(port);
          answers.dispatchEvent(new Event('answered'));
        };
        const data = {
          type: 'WCP1Hello',
          meta: { connectionAttemptUuid: 'attempt', timestamp: new Date() },
          payload: { identityUrl: origin, actualUrl: origin, fdc3Version: '2.2' },
        };
        page.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
        return port;
      },

      /** Joins as the page of an address. @returns its port, and what it was told of its identity */
      async join(
        url: string,
        { origin = new URL(url).origin, instanceUuid }: { origin?: string; instanceUuid?: string } = {},
      ) {
        const port = this.hello(origin);
        if (!port) throw new Error('no port');
        const meta = { connectionAttemptUuid: 'attempt', timestamp: new Date() };
        const known = instanceUuid === undefined ? {} : { instanceId: 'any', instanceUuid };
        port.say({ type: 'WCP4ValidateAppIdentity', meta, payload: { identityUrl: url, actualUrl: url, ...known } });
        const { type, payload } = await port.next((message) => message.type.startsWith('WCP5'));
        return { port, admitted: type === 'WCP5ValidateAppIdentityResponse', told: payload as Record<string, string> };
      },
    };
  }

  function close(): void {
    stop();
    for (const port of ports) port.close();
  }
  return { instances, refused, openWindow, close };
}
