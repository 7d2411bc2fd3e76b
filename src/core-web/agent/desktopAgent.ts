/**
 * The FDC3 desktop agent of an app's page: core-web's own, which passes few of FINOS' conformance tests, with what it
 * does otherwise done as FDC3 2.2 has it.
 */
import type OpenFin from '@openfin/core';
import type { AppIdentifier, Channel, Context, ContextHandler, DesktopAgent, EventHandler } from '@finos/fdc3';
import { channelReplies, userChannelChanged } from '../channels/channelMessages.ts';
import type { PlatformLink } from '../interopBus.ts';
import { ChannelObjects, listenerArguments } from './channelObjects.ts';
import { contextListeners } from './contextListeners.ts';
import { EventListeners } from './eventListeners.ts';
import { intents } from './intents.ts';

/** core-web's agent has methods of FDC3 2.0 that OpenFin's type of it leaves out, and no events. */
type CoreWebAgent = Omit<DesktopAgent, 'addEventListener'>;

/**
 * @returns an agent whose methods need no `this`, so that apps may take them off the object (FDC3 2.2.1).
 * @see https://fdc3.finos.org/docs/2.2/api/ref/DesktopAgent
 */
export function desktopAgent(
  fin: OpenFin.Fin<'external connection'>,
  interop: OpenFin.InteropClient,
  link: PlatformLink,
): DesktopAgent {
  const core = interop.getFDC3Sync('2.0') as unknown as CoreWebAgent;
  const channels = new ChannelObjects(link);
  const events = new EventListeners();
  link.on('userChannelChanged', (message) =>
    events.tell({ type: 'userChannelChanged', details: userChannelChanged.parse(message) }),
  );

  const currentId = async () => channelReplies.currentUserChannel.parse(await channels.ask('currentUserChannel', {}));
  const addContextListener = contextListeners(interop, async () => {
    const id = await currentId();
    return id === null ? null : channels.channel(id, 'user').getCurrentContext();
  });

  async function getUserChannels(): Promise<Channel[]> {
    const groups = await interop.getContextGroups();
    return groups.map(({ id, displayMetadata }) => channels.channel(id, 'user', displayMetadata));
  }
  const userChannel = async (id: string) => (await getUserChannels()).find((channel) => channel.id === id);

  /** Joins or leaves a user channel, and tells the app if it is on another one afterwards. */
  async function change(work: () => Promise<void>): Promise<void> {
    const before = await currentId();
    await work();
    const currentChannelId = await currentId();
    if (currentChannelId !== before) events.tell({ type: 'userChannelChanged', details: { currentChannelId } });
  }
  const joinUserChannel = (id: string) => change(() => core.joinUserChannel(id));

  return {
    open: (app: AppIdentifier | string, context?: Context) => core.open(app as AppIdentifier, context),
    findIntent: (intent, context, resultType) => core.findIntent(intent, context, resultType),
    findIntentsByContext: (context, resultType) => core.findIntentsByContext(context, resultType),
    findInstances: (app) => core.findInstances(app),
    getAppMetadata: (app) => core.getAppMetadata(app),
    getInfo: () => core.getInfo(),
    ...intents(fin, interop, channels, link),

    broadcast: async (context) => void (await channels.ask('broadcast', { context })),
    async addContextListener(type: string | null | ContextHandler, handle?: ContextHandler) {
      const { contextType, handler } = listenerArguments(type, handle);
      return addContextListener(contextType, handler);
    },
    addEventListener: async (type: string | null, handler: EventHandler) => events.add(type, handler),

    getUserChannels,
    getSystemChannels: getUserChannels,
    joinUserChannel,
    joinChannel: joinUserChannel,
    leaveCurrentChannel: () => change(() => core.leaveCurrentChannel()),
    async getCurrentChannel() {
      const id = await currentId();
      return id === null ? null : ((await userChannel(id)) ?? null);
    },
    getOrCreateChannel: async (id) => (await userChannel(id)) ?? channels.open(id),
    createPrivateChannel: () => channels.createPrivate(),
  };
}
