/** FDC3 user channels within one process, as desktops do them. */
import type { Context, ContextHandler, DesktopAgent } from '@finos/fdc3';

export interface Habits {
  /** Tells a sender of its own broadcasts, as OpenFin's broker does. */
  echoes?: boolean;
  /** Says who has shared a context. */
  namesSource?: boolean;
  /** Hands over what was there before some time after a listener was added. */
  isLate?: boolean;
}

interface Member {
  instanceId: string;
  channel: string | undefined;
  listeners: { type: string | null; handler: ContextHandler }[];
}

/** A desktop whose apps share contexts on user channels. */
export function openUserChannels({ echoes = false, namesSource = false, isLate = false }: Habits = {}) {
  const members: Member[] = [];
  const kept = new Map<string, Map<string, { context: Context; from: Member }>>();
  const broadcasts: Context[] = [];
  const tell = ({ handler }: Member['listeners'][number], context: Context, from: Member): void =>
    handler(
      structuredClone(context),
      namesSource ? { source: { appId: 'app', instanceId: from.instanceId } } : (undefined as never),
    );
  const isFor = (type: string | null, context: Context): boolean => type === null || type === context.type;
  function replay(member: Member, listeners: Member['listeners']): void {
    const told = [...(kept.get(member.channel ?? '')?.values() ?? [])];
    const now = (): void => {
      for (const listener of listeners)
        for (const { context, from } of told) if (isFor(listener.type, context)) tell(listener, context, from);
    };
    if (isLate) setTimeout(now, 0);
    else now();
  }

  return {
    /** Each context in the order in which it was shared. */
    broadcasts,
    /** What an app of this desktop has. */
    agent(instanceId: string = crypto.randomUUID()): DesktopAgent {
      const me: Member = { instanceId, channel: undefined, listeners: [] };
      members.push(me);
      const agent: Partial<DesktopAgent> = {
        getInfo: async () => ({ appMetadata: { appId: 'app', instanceId } }) as never,
        getUserChannels: async () =>
          ['green', 'purple'].map((id) => ({ id, type: 'user', displayMetadata: { name: id } })) as never,
        getCurrentChannel: async () =>
          me.channel === undefined
            ? null
            : ({
                id: me.channel,
                type: 'user',
                getCurrentContext: async (type: string) => kept.get(me.channel!)?.get(type)?.context ?? null,
              } as never),
        async joinUserChannel(id) {
          me.channel = id;
          replay(me, [...me.listeners]);
        },
        async leaveCurrentChannel() {
          me.channel = undefined;
        },
        async addContextListener(type: string | null | ContextHandler, handler?: ContextHandler) {
          const listener = { type: type as string | null, handler: handler! };
          me.listeners.push(listener);
          replay(me, [listener]);
          return { unsubscribe: async () => void me.listeners.splice(me.listeners.indexOf(listener), 1) };
        },
        async broadcast(context) {
          if (me.channel === undefined) throw new Error('You must join a context group before you can set context.');
          broadcasts.push(context);
          const contexts = kept.get(me.channel) ?? new Map<string, { context: Context; from: Member }>();
          kept.set(me.channel, contexts.set(context.type, { context, from: me }));
          for (const member of members) {
            if (member.channel !== me.channel || (member === me && !echoes)) continue;
            for (const listener of member.listeners)
              if (isFor(listener.type, context)) setTimeout(() => tell(listener, context, me), 0);
          }
        },
      };
      return agent as DesktopAgent;
    },
  };
}
