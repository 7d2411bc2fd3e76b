/** The search of the desktop, as a person uses it: what is typed, found, chosen and done. It draws nothing itself. */
import type { SearchAction, SearchItem, SearchReply } from '../../src/channel/searchMessages.ts';
import { delay } from '../../src/time.ts';

/** What the search bar shows; undefined while it is closed. */
export interface SearchState {
  query: string;
  /** Labels of the objects to search; undefined: all. */
  only: readonly string[] | undefined;
  /** Whether an answer is awaited. */
  isBusy: boolean;
  /** For what the items were found. */
  answered: string | undefined;
  items: readonly SearchItem[];
  /** Labels to choose from: those of which something was found without a choice. */
  objects: readonly string[];
  /** Key of the item that Enter is about. */
  active: string | undefined;
}

interface SearchBarOptions {
  search(query: string, only: readonly string[] | undefined): Promise<SearchReply>;
  raise(intent: string, context: { type: string }): Promise<unknown>;
  /** Opens an https, mailto or tel address. */
  open(url: string): void;
  signIn(): Promise<unknown>;
  /** Draws the bar, or nothing for undefined. */
  draw(state: SearchState | undefined): void;
  /** What could not be done, for the person. */
  tell(error: unknown): void;
}

const typingPauseMs = 200;
const closed = undefined;
const opened: SearchState = {
  query: '',
  only: undefined,
  isBusy: false,
  answered: undefined,
  items: [],
  objects: [],
  active: undefined,
};

export type SearchBar = ReturnType<typeof createSearchBar>;

/** One for the platform page. */
export function createSearchBar({ search, raise, open: openUrl, signIn, draw, tell }: SearchBarOptions) {
  let state: SearchState | undefined = closed;
  let asking = new AbortController();

  function show(next: SearchState | undefined): void {
    state = next;
    draw(next);
  }

  async function ask(pauseMs: number): Promise<void> {
    asking.abort();
    const { signal } = (asking = new AbortController());
    await delay(pauseMs);
    if (signal.aborted || !state) return;
    const { query, only } = state;
    show({ ...state, isBusy: true });
    const reply = await search(query, only).catch((error: unknown): SearchReply => unanswered(error));
    if (signal.aborted || !state) return;
    show({
      ...state,
      isBusy: false,
      answered: query,
      items: reply.items,
      objects: only === undefined ? reply.objects : state.objects,
      active: reply.items[0]?.key,
    });
  }

  function close(): void {
    if (!state) return;
    asking.abort();
    show(closed);
  }

  async function perform({ does }: SearchAction): Promise<void> {
    if (does.kind === 'again') return ask(0);
    const { query, only } = state ?? opened;
    close();
    try {
      if (does.kind === 'open') openUrl(does.url);
      else if (does.kind === 'intent') await raise(does.intent, does.context);
      else {
        await signIn();
        show({ ...opened, query, only });
        await ask(0);
      }
    } catch (error) {
      tell(error);
    }
  }

  const activeItem = (): SearchItem | undefined => state?.items.find(({ key }) => key === state?.active);

  return {
    open(): void {
      if (state) return;
      show(opened);
      void ask(0);
    },
    close,
    /** Who searched has left: what they have found and typed goes. */
    personLeft: close,
    type(query: string): void {
      if (!state) return;
      show({ ...state, query, ...(query.trim() === '' && { only: undefined }) });
      void ask(typingPauseMs);
    },
    /** Searches in this kind of object too, or no longer. */
    toggle(label: string): void {
      if (!state) return;
      const { only = [], objects } = state;
      const chosen = only.includes(label) ? only.filter((one) => one !== label) : [...only, label];
      show({ ...state, only: chosen.length === 0 || chosen.length === objects.length ? undefined : chosen });
      void ask(0);
    },
    /** Goes up or down the list, around its ends. */
    move(step: 1 | -1): void {
      if (!state || state.items.length === 0) return;
      const at = state.items.findIndex(({ key }) => key === state?.active);
      const next = state.items[(at + step + state.items.length) % state.items.length];
      show({ ...state, active: next?.key });
    },
    choose(key: string): void {
      if (state) show({ ...state, active: key });
    },
    /** Does what Enter, or another hotkey of the item, stands for. @returns whether there is such an action */
    press(hotkey: string): boolean {
      const action = activeItem()?.actions.find((one) => one.hotkey === hotkey);
      if (action) void perform(action);
      return action !== undefined;
    },
    perform: (action: SearchAction): void => void perform(action),
  };
}

/** The provider itself has not answered. */
const unanswered = (error: unknown): SearchReply => ({
  items: [
    {
      key: 'unanswered',
      kind: 'failure',
      title: 'Salesforce could not be searched',
      subtitle: error instanceof Error ? error.message : 'The Salesforce provider did not answer.',
      fields: [],
      actions: [{ name: 'Search again', hotkey: 'enter', does: { kind: 'again' } }],
      score: 0,
    },
  ],
  objects: [],
});
