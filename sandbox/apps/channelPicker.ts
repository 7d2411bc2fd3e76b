/** Lets the person choose the FDC3 user channel on which an app shares and follows context. */
import type { Channel, DesktopAgent } from '@finos/fdc3';
import { html } from 'lit';

export interface ChannelChoice {
  channels: Channel[];
  current: string;
}

/** The desktop's user channels, and the one that this app has joined (empty for none). */
async function readChannels(fdc3: DesktopAgent): Promise<ChannelChoice> {
  const [channels, current] = await Promise.all([fdc3.getUserChannels(), fdc3.getCurrentChannel()]);
  return { channels, current: current?.id ?? '' };
}

interface ChannelPage {
  readonly state: { channel?: ChannelChoice | undefined };
  update(changes: { channel: ChannelChoice }): void;
}

/** Shows the channel that the app is on from now on, also where the desktop has put it on another (FDC3 2.2). */
export async function showChannel(fdc3: DesktopAgent, page: ChannelPage): Promise<void> {
  page.update({ channel: await readChannels(fdc3) });
  // The desktop container's agent is one of FDC3 2.0, without this event.
  await (fdc3 as Partial<DesktopAgent>).addEventListener?.('userChannelChanged', ({ details }) => {
    const { channel } = page.state;
    const { currentChannelId } = details as { currentChannelId: string | null };
    if (channel) page.update({ channel: { ...channel, current: currentChannelId ?? '' } });
  });
}

/** Joins the user channel that the person has picked; an empty id leaves the current one. */
export async function changeChannel(fdc3: DesktopAgent | undefined, page: ChannelPage, id: string): Promise<void> {
  const { channel } = page.state;
  if (!fdc3 || !channel) return;
  page.update({ channel: { ...channel, current: id } });
  await (id === '' ? fdc3.leaveCurrentChannel() : fdc3.joinUserChannel(id));
}

const titled = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The list of channels to choose from; nothing while they are not known. */
export function channelPicker(choice: ChannelChoice | undefined, pick: (id: string) => void) {
  if (!choice) return html``;
  return html`
    <label class="row small">
      <span class="quiet">Channel</span>
      <select class="slds-select" @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${choice.current === ''}>None</option>
        ${choice.channels.map(({ id, displayMetadata }) => html`<option value=${id} ?selected=${id === choice.current}>${titled(displayMetadata?.name ?? id)}</option>`)}
      </select>
    </label>`;
}
