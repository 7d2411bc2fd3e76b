import type { Context, ContextMetadata, DesktopAgent } from '@finos/fdc3';
import type { ContextSharing } from '../channel/protocol.ts';
import { normalizeRecordId } from '../salesforce/recordId.ts';
import { contextsOf, recordIdOf, sharedTypes } from './recordContexts.ts';
import type { RecordPage } from './recordPage.ts';

/** A user channel as a person chooses it. */
export interface ChannelChoice {
  id: string;
  name: string;
}

export interface SharingState {
  channels: readonly ChannelChoice[];
  /** Id of the channel that the view is on; undefined for none. */
  current: string | undefined;
  follows: boolean;
  /** What has become of the last context that was shared, in a sentence. */
  note?: string | undefined;
}

interface SharingOptions {
  /** The desktop's agent, once this page has joined; undefined where it has none. */
  agent: () => Promise<DesktopAgent | undefined>;
  /** Draws the choice of channel; undefined: there is nothing to choose. */
  draw: (state: SharingState | undefined) => void;
  /** Asks the provider which record a context means beyond doubt. */
  find: (context: Context) => Promise<{ type: string; id: string } | null>;
  /** Whether another record may take the place of what is shown. `unsaved`: the person has something to save first. */
  mayShow: () => 'yes' | 'unsaved' | 'no';
  /** Shows another record. */
  show: (record: { type: string; id: string }) => void;
}

/** OpenFin's agent keeps in the context itself who has shared it. */
const textOf = ({ contextMetadata: _, ...context }: Context): string => JSON.stringify(context);
const isSame = (one: Context, other: Context): boolean => textOf(one) === textOf(other);

/**
 * What a record view says and hears on an FDC3 user channel: which record the person has opened goes to the other apps
 * there, and where the view follows the channel, what they share is shown. What was followed is not said again, and the
 * view does not hear itself, so that two views that follow each other come to rest.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/spec#context-channels
 */
export class ChannelSharing {
  readonly #options: SharingOptions;
  #agent: DesktopAgent | undefined;
  #instanceId: string | undefined;
  #settings: ContextSharing | undefined;
  #state: SharingState = { channels: [], current: undefined, follows: false };
  #page: RecordPage | undefined;
  /** Id of the record that is shown because another app has shared it. */
  #followed: string | undefined;
  /** What this view has shared and may hear from an agent that does not keep it from the sender. */
  readonly #said: Context[] = [];
  /** What was on the channel before this view listened there, and may still be told. */
  #before: Context[] = [];
  /** What is told while the view joins a channel or begins to listen; undefined otherwise. */
  #joining: Context[] | undefined;
  /** The newest context, by which older ones that are still looked for are known. */
  #newest: { id: string | undefined } | undefined;

  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /** Begins as the provider says; the first time the channel is joined and listened to. Never rejects. */
  async begin(settings: ContextSharing | undefined): Promise<void> {
    if (!settings || this.#settings) return this.#draw();
    this.#settings = settings;
    this.#state = { ...this.#state, follows: settings.follows };
    try {
      const agent = await this.#options.agent();
      if (!agent) return;
      const { appMetadata } = await agent.getInfo();
      this.#instanceId = appMetadata?.instanceId;
      const channels = await agent.getUserChannels();
      const { userChannel } = settings;
      const current = await this.#quietly(agent, async () => {
        const isKnown = channels.some(({ id }) => id === userChannel);
        if (userChannel !== undefined && isKnown && !(await agent.getCurrentChannel()))
          await agent.joinUserChannel(userChannel);
        for (const type of sharedTypes)
          await agent.addContextListener(type, (context, metadata) => void this.#heard(context, metadata));
      });
      this.#agent = agent;
      const named = channels.map(({ id, displayMetadata }) => ({ id, name: displayMetadata?.name ?? id }));
      this.#state = { ...this.#state, channels: named, current };
      await this.#say();
    } catch {
      // A desktop without user channels, or one that refuses them: the record is shown all the same.
      this.#agent = undefined;
    }
    this.#draw();
  }

  /** The view shows this record now; undefined: something else. */
  shows(page: RecordPage | undefined): void {
    this.#page = page;
    const wasFollowed = page !== undefined && page.id === this.#followed;
    if (page) this.#followed = undefined;
    if (wasFollowed) this.#draw();
    else void this.#say().then(() => this.#draw());
  }

  /** The person puts the view on another channel; undefined for none. */
  async join(id: string | undefined): Promise<void> {
    const agent = this.#agent;
    if (!agent) return;
    try {
      const current = await this.#quietly(agent, () =>
        id === undefined ? agent.leaveCurrentChannel() : agent.joinUserChannel(id),
      );
      this.#state = { ...this.#state, current, note: undefined };
      await this.#say();
    } catch {
      this.#state = { ...this.#state, note: 'The desktop did not put this view on that channel.' };
    }
    this.#draw();
  }

  /** The person has the view follow its channel, or not. What was shared before is not shown. */
  follow(follows: boolean): void {
    this.#state = { ...this.#state, follows, note: undefined };
    this.#draw();
  }

  /** Whoever was signed in has left: nothing of what was shared is said or shown any more. */
  leave(): void {
    this.#newest = this.#page = this.#followed = undefined;
    this.#before = [];
    this.#said.length = 0;
    this.#state = { ...this.#state, note: undefined };
    this.#draw();
  }

  /**
   * Joins a channel, or begins to listen. Agents tell a new listener what was shared there last, some at once and some
   * after a while: that is not news.
   *
   * @returns the id of the channel that the view is on then
   */
  async #quietly(agent: DesktopAgent, work: () => Promise<void>): Promise<string | undefined> {
    const told = (this.#joining = [] as Context[]);
    try {
      await work();
      const channel = await agent.getCurrentChannel();
      const last = channel ? await Promise.all(sharedTypes.map((type) => channel.getCurrentContext(type))) : [];
      this.#before = last
        .filter((context) => context !== null)
        .filter((context) => !told.some((one) => isSame(one, context)));
      return channel?.id;
    } finally {
      this.#joining = undefined;
    }
  }

  async #say(): Promise<void> {
    const [agent, page] = [this.#agent, this.#page];
    if (!agent || !page || !this.#settings?.broadcasts || this.#state.current === undefined) return;
    this.#newest = undefined;
    for (const context of contextsOf(page)) {
      // The person has gone on, which is said by itself.
      if (this.#page?.id !== page.id) return;
      this.#said.push(context);
      if (this.#said.length > mostSaid) this.#said.shift();
      // An agent that has taken the view off its channel refuses: nobody is waiting for it.
      await agent.broadcast(context).catch(() => undefined);
    }
  }

  #isOwn(context: Context, metadata: ContextMetadata | undefined): boolean {
    const said = this.#said.findIndex((one) => isSame(one, context));
    const from = metadata?.source?.instanceId;
    if (from !== undefined && this.#instanceId !== undefined) return from === this.#instanceId;
    if (said >= 0) this.#said.splice(said, 1);
    return said >= 0;
  }

  async #heard(context: Context, metadata: ContextMetadata | undefined): Promise<void> {
    if (this.#joining) return void this.#joining.push(context);
    const known = this.#before.find((one) => isSame(one, context));
    this.#before = this.#before.filter(({ type }) => type !== context.type);
    if (known) return;
    if (this.#isOwn(context, metadata) || !this.#state.follows || !this.#page) return;
    const id = normalizeRecordId(recordIdOf(context) ?? '');
    if (id !== undefined && (id === this.#page.id || id === this.#newest?.id)) return;
    const mine = (this.#newest = { id });
    if (!this.#mayShow(context)) return;
    const found = await this.#options.find(context).catch(() => undefined);
    if (this.#newest !== mine || !this.#page || found === undefined || found?.id === this.#page.id) return;
    if (found === null) return this.#note(`${quoted(context)} was shared. Which record that is, is not certain.`);
    if (!this.#mayShow(context)) return;
    this.#state = { ...this.#state, note: undefined };
    this.#followed = found.id;
    this.#options.show(found);
  }

  #mayShow(context: Context): boolean {
    const may = this.#options.mayShow();
    if (may === 'unsaved')
      this.#note(`${quoted(context)} was shared. It is not shown while something here is not saved.`);
    return may === 'yes';
  }

  #note(note: string): void {
    this.#state = { ...this.#state, note };
    this.#draw();
  }

  #draw(): void {
    this.#options.draw(this.#agent && this.#page && this.#state.channels.length > 0 ? this.#state : undefined);
  }
}

/** Contexts that may still come back: two for each of the last records. */
const mostSaid = 40;
const longestName = 80;

function quoted({ name }: Context): string {
  const text = (name ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim();
  return text === '' ? 'Another record' : `“${[...text].slice(0, longestName).join('')}”`;
}
