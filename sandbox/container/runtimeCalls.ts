import { z } from 'zod';
import type { ClientIdentity } from './channelBus.ts';
import type { Bounds, ContainerWindow, WindowOptions } from './containerWindow.ts';
import type { InteropBroker } from './interopBroker.ts';
import type { MessageBus } from './messageBus.ts';
import type { WindowIdentity } from './wire.ts';
import type { WindowChannels } from './windowChannels.ts';

export interface MonitorArea {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The parts of the runtime that a call may need. */
export interface RuntimeParts {
  channels: WindowChannels;
  bus: MessageBus;
  broker: InteropBroker;
  manifests: Map<string, Record<string, unknown>>;
  windows: ContainerWindow[];
  openedUrls: string[];
  usage: unknown[];
  eventListeners: { window: ContainerWindow; target: WindowIdentity; type: string; listenerId: string }[];
  /** Available areas, primary monitor first. */
  monitors: MonitorArea[];
  version: string;
  openWindow(identity: WindowIdentity, options: WindowOptions): Promise<ContainerWindow>;
  setShown(window: ContainerWindow, shown: boolean): void;
  emit(window: ContainerWindow, type: string, detail?: object): void;
}

type Call = (parts: RuntimeParts, caller: ContainerWindow, message: Record<string, unknown>) => unknown;

const windowOptions = z.looseObject({ name: z.string().min(1), url: z.string(), uuid: z.string().optional() });
const identity = z.object({ uuid: z.string(), name: z.string() });
const source = z.object({ uuid: z.string(), name: z.string().optional() });

const windowCalls: Record<string, (parts: RuntimeParts, window: ContainerWindow, values: unknown[]) => unknown> = {
  show: ({ setShown }, window) => setShown(window, true),
  hide: ({ setShown }, window) => setShown(window, false),
  async close(_parts, window) {
    // Chromium drops the request to close a page while a redirect is moving it to another renderer process, and
    // Playwright sends that request only once. No event says that the page is not being moved: while a server does not
    // answer there is none at all. So a redirect that may be under way is given time to arrive.
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (!window.closed) await window.page.close();
  },
  focus: ({ emit }, window) => emit(window, 'focused'),
  setAsForeground: () => undefined,
  bringToFront: (_parts, window) => void (window.broughtToFront += 1),
  isShowing: (_parts, window) => window.shown,
  getBounds: (_parts, window) => window.bounds,
  setBounds: (_parts, window, [given]) => window.moveTo(given as Bounds),
  getOptions: (_parts, window) => window.options,
  getInfo: async (_parts, window) => ({ url: window.url, title: await window.page.title() }),
  async navigate(_parts, window, [url]) {
    window.sentTo = z.url().parse(url);
    await window.page.goto(window.sentTo, { waitUntil: 'commit' });
  },
};

const calls: Record<string, Call> = {
  'application.getManifest': ({ manifests }, { uuid }) => manifests.get(uuid),
  'application.getChildWindows': ({ windows }, { uuid }) =>
    windows
      .filter((window) => window.uuid === uuid && !window.isMain && !window.closed)
      .map((window) => window.identity),
  'window.create': async ({ openWindow }, { uuid }, message) => {
    const options = windowOptions.parse(message['options']);
    if (options.uuid !== undefined && options.uuid !== uuid)
      throw new Error('A window belongs to the application that creates it.');
    return (await openWindow({ uuid, name: options.name }, options)).identity;
  },
  'window.listen': ({ eventListeners }, window, { target, type, listenerId }) =>
    void eventListeners.push({
      window,
      target: identity.parse(target),
      type: String(type),
      listenerId: String(listenerId),
    }),
  'system.registerUsage': ({ usage }, _window, message) => void usage.push(message['usage']),
  'system.openUrlWithBrowser': ({ openedUrls }, _window, { url }) => void openedUrls.push(z.url().parse(url)),
  'system.getMonitorInfo': ({ monitors }) => {
    const [primaryMonitor, ...nonPrimaryMonitors] = monitors.map((rect) => ({
      monitorRect: rect,
      availableRect: rect,
      available: { dipRect: rect, scaledRect: rect },
    }));
    return { primaryMonitor, nonPrimaryMonitors };
  },
  'platform.init': ({ broker }, window) => broker.usePlatform(window),
  'bus.publish': ({ bus }, window, { topic, message }) => bus.publish(window, String(topic), message),
  'bus.subscribe': ({ bus }, window, message) => {
    const { uuid, name } = source.parse(message['source']);
    bus.subscribe({ window, uuid, name, topic: String(message['topic']), listenerId: String(message['listenerId']) });
  },
  'bus.unsubscribe': ({ bus }, window, { listenerId }) => bus.unsubscribe(window, String(listenerId)),
  'channel.create': ({ channels }, window, { endId, channelName }) =>
    channels.create(window, String(endId), String(channelName)),
  'channel.connect': ({ channels }, window, { endId, channelName, options }) =>
    channels.connect(window, String(endId), String(channelName), options as { wait?: boolean; payload?: unknown }),
  'channel.dispatch': ({ channels }, window, { endId, action, payload, to }) =>
    channels.dispatch(window, String(endId), String(action), payload, to as ClientIdentity | undefined),
  'channel.all': ({ channels }) => channels.all(),
  'channel.clients': ({ channels }, window, { endId }) => channels.clients(window, String(endId)),
  'channel.close': ({ channels }, window, { endId }) => channels.close(window, String(endId)),
  'fdc3.getInfo': ({ version }, { uuid, name }) => ({
    fdc3Version: '2.0',
    provider: 'container stand-in',
    providerVersion: version,
    appMetadata: { appId: uuid, instanceId: name },
    optionalFeatures: { OriginatingAppMetadata: true, UserChannelMembershipAPIs: true },
  }),
  'fdc3.addIntentListener': ({ broker }, window, { intent, listenerId }) =>
    broker.addIntentListener({ window, intent: String(intent), listenerId: String(listenerId) }),
  'fdc3.addContextListener': ({ broker }, window, { type, listenerId }) =>
    broker.addContextListener({ window, type: z.string().nullable().parse(type), listenerId: String(listenerId) }),
  'fdc3.removeListener': ({ broker }, window, { listenerId }) => broker.removeListener(window, String(listenerId)),
  'fdc3.raiseIntent': ({ broker }, window, { intent, context, app }) =>
    broker.raise(window, String(intent), context as object, (app as { appId?: string } | undefined)?.appId),
  'fdc3.setIntentTarget': ({ broker }, _window, { intent, target }) =>
    broker.setIntentTarget(intent as Parameters<InteropBroker['setIntentTarget']>[0], identity.parse(target)),
  'fdc3.getResult': ({ broker }, _window, { resultId }) => broker.result(String(resultId)),
  'fdc3.join': ({ broker }, window, { channelId }) => broker.join(window, channelId as string | undefined),
  'fdc3.userChannels': ({ broker }) => broker.userChannels,
  'fdc3.currentChannel': ({ broker }, window) => broker.channel(window) ?? null,
  'fdc3.currentContext': ({ broker }, window, { contextType }) =>
    broker.current(window, z.string().nullable().parse(contextType)),
  'fdc3.broadcast': ({ broker }, window, { context }) => broker.broadcast(window, context as { type: string }),
};

/** Answers what a page's `fin` asks of the runtime. @throws Error for what the runtime does not have or refuses. */
export async function answerCall(
  parts: RuntimeParts,
  caller: ContainerWindow,
  method: string,
  message: Record<string, unknown>,
): Promise<unknown> {
  const [area, verb = ''] = method.split('.', 2);
  if (area === 'window' && Object.hasOwn(windowCalls, verb)) {
    const target = identity.parse(message['target']);
    const window = parts.windows.findLast(
      ({ uuid, name, closed }) => uuid === target.uuid && name === target.name && !closed,
    );
    if (!window) throw new Error(`Could not locate the window ${target.uuid}/${target.name}`);
    return windowCalls[verb]!(parts, window, (message['values'] ?? []) as unknown[]);
  }
  const call = calls[method];
  if (!call) throw new Error(`The runtime does not know ${method}`);
  return call(parts, caller, message);
}
