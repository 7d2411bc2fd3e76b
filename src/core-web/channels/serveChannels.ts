import type { AppInstance } from '../appInstances.ts';
import { contextSchema, parseOr } from '../context.ts';
import type { z } from '../../zod.ts';
import { channelRequests, type ChannelAction, type ChannelRequests } from './channelMessages.ts';
import type { ContextChannels } from './contextChannels.ts';
import type { UserChannels } from './userChannels.ts';

type Answers = {
  [Action in ChannelAction]: (asked: z.output<ChannelRequests[Action]>, caller: AppInstance) => unknown;
};

/**
 * Answers what apps ask about channels.
 *
 * @param answer registers what answers an action; the caller is the app that the asking page has proved to belong to.
 */
export function serveChannels(
  channels: ContextChannels,
  userChannels: UserChannels,
  answer: (action: string, work: (payload: unknown, caller: AppInstance) => unknown) => void,
): void {
  const given = (context: unknown) => parseOr(contextSchema, context, 'MalformedContext');
  const answers: Answers = {
    openChannel: ({ id }, caller) => ({ type: channels.open(id, caller) }),
    createPrivateChannel: (_, caller) => ({ id: channels.createPrivate(caller) }),
    joinPrivateChannel: ({ id }, caller) => ({ listeners: channels.joinPrivate(id, caller) }),
    leavePrivateChannel: ({ id }, caller) => channels.leavePrivate(id, caller),
    broadcastOnChannel: ({ id, context }, caller) => channels.broadcast(id, given(context), caller),
    currentContext: ({ id, contextType }, caller) => channels.current(id, contextType, caller),
    addChannelListener: ({ id, ...listener }, caller) => channels.addListener(id, { ...listener, instance: caller }),
    removeChannelListener: ({ id, listenerId }, caller) => channels.removeListener(id, listenerId, caller),
    broadcast({ context }, caller) {
      const checked = given(context);
      const joined = userChannels.joinedBy(caller);
      if (joined !== undefined) channels.broadcast(joined, checked, caller);
    },
    currentUserChannel: (_, caller) => userChannels.joinedBy(caller) ?? null,
  };
  for (const action of Object.keys(answers) as ChannelAction[])
    answer(action, (payload, caller) => answers[action](channelRequests[action].parse(payload) as never, caller));
}
