/**
 * The side of Workspace Home that a person sees, over the channel that `@openfin/workspace` 20.5.4 connects to: its own
 * `Home.register` runs unchanged on this side of it. Typing, choosing, focusing, loading again and calling off.
 */
import { createRequire } from 'node:module';
import type { CLIFilter, HomeProvider, HomeSearchResult } from '@openfin/workspace';
import { ChannelBus } from '../../../sandbox/container/channelBus.ts';

const topic = '__search-openfin-browser-home-topic__';
/** Actions of the search topic, as the package names them. */
const actions = { data: '0', search: '1', register: '2', deregister: '3', dispatch: '5', close: '6' };

interface Pushed {
  id: string;
  results: HomeSearchResult[];
  revoked: string[];
}
interface Answered {
  results: HomeSearchResult[];
  context?: { filters?: CLIFilter[] };
  error?: string;
}

export type HomeStandIn = Awaited<ReturnType<typeof openHome>>;

/** A desktop that runs Workspace, with this page on it as the provider of a Workspace platform. */
export async function openHome() {
  const bus = new ChannelBus();
  const home = await bus.runtime({ uuid: 'openfin-browser', name: 'home' }).InterApplicationBus.Channel.create(topic);
  const shown = new Map<string, HomeSearchResult>();
  let provider: (Pick<HomeProvider, 'id' | 'title'> & { identity?: unknown }) | undefined;
  let registrant: unknown;
  let filters: CLIFilter[] = [];
  let searches = 0;
  let current = '';
  home.register(actions.register, (told, identity) => {
    provider = told as typeof provider;
    registrant = identity;
    filters = [];
    shown.clear();
    return { workspaceVersion: '20.5.4' };
  });
  home.register(actions.deregister, () => (provider = undefined));
  home.register(actions.data, (told) => {
    const { id, results, revoked } = told as Pushed;
    if (id !== current) return;
    for (const key of revoked) shown.delete(key);
    for (const result of results) shown.set(result.key, result);
  });
  const identity = { uuid: 'bank-desk', name: 'bank-desk' };
  // What the package looks for of the runtime when it is loaded and when a provider is registered.
  const window = { getOptions: async () => ({}), once: () => undefined, addListener: async () => undefined };
  const client = { dispatch: async () => ({ isWorkspacePlatform: true, isBrowserInitialized: true }) };
  const runtime = bus.runtime(identity);
  const fin = {
    me: { ...identity, identity },
    InterApplicationBus: { ...runtime.InterApplicationBus, subscribe: async () => undefined },
    Platform: { wrapSync: () => ({ getClient: async () => client }) },
    Application: { wrapSync: () => window },
    Window: { wrapSync: () => window },
    System: { registerUsage: () => undefined },
  };
  for (const name of ['mark', 'measure'] as const)
    if (!(name in performance)) Object.assign(performance, { [name]: () => undefined });
  Object.assign(globalThis, { fin });
  const { register, deregister } = createRequire(import.meta.url)(
    '@openfin/workspace/home.js',
  ) as typeof import('@openfin/workspace/client-api/src/home.d.ts');

  const send = <T>(action: string, payload: object): Promise<T> =>
    home.dispatch(registrant as never, action, payload) as Promise<T>;

  async function type(query: string): Promise<void> {
    const before = current;
    current = `search-${++searches}`;
    const id = current;
    if (before) void send(actions.close, { id: before });
    const context = { selectedFilters: filters };
    const answer = await send<Answered>(actions.data, { id, providerId: provider!.id, query, context });
    if (answer.error !== undefined) throw new Error(answer.error);
    if (id !== current) return;
    shown.clear();
    for (const result of answer.results) shown.set(result.key, result);
    filters = answer.context?.filters ?? [];
  }

  const dispatch = (key: string, action: object): Promise<unknown> =>
    send(actions.dispatch, { providerId: provider!.id, result: { ...shown.get(key)!, action } });

  return {
    register,
    deregister,
    provider: () => provider,
    /** What the person sees, best first: Home sorts by score. */
    results: () => [...shown.values()].toSorted((one, other) => (one.score ?? Infinity) - (other.score ?? Infinity)),
    filters: () => filters,
    type,
    /** Chooses objects in the filter, and searches once more for what is typed. */
    async filter(query: string, values: readonly string[]): Promise<void> {
      filters = filters.map((one) => ({
        ...one,
        options: [one.options].flat().map(({ value }) => ({ value, isSelected: values.includes(value) })),
      }));
      await type(query);
    },
    choose: (key: string, name: string) => dispatch(key, { name, trigger: 'user-action' }),
    focus: (key: string) => dispatch(key, { name: 'View', trigger: 'focus-change' }),
    reload: (key: string) => dispatch(key, { name: 'Search again', trigger: 'reload' }),
    /** Closes Home, or types something else: what is under way is not wanted any more. */
    callOff: () => send(actions.close, { id: current }),
  };
}
