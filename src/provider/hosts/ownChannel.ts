import type { OpenFin } from '@openfin/core';
import type { channelIdentity } from '../../channel/windowMessages.ts';
import type { z } from '../../zod.ts';

/** The channel that an app has connected to: its creator, and the id that the runtime gave it. */
export type OwnChannel = z.output<typeof channelIdentity>;

/**
 * What the runtime calls a channel that this page has made, which `create` does not tell.
 *
 * @param creator this page's own identity
 * @throws Error when the runtime does not know of such a channel
 */
export async function ownChannelNamed(
  channels: Pick<OpenFin.Fin['InterApplicationBus']['Channel'], 'getAllChannels'>,
  channelName: string,
  { uuid, name = uuid }: OpenFin.Identity,
): Promise<OwnChannel> {
  const made = (await channels.getAllChannels()).find(
    (one) => one.channelName === channelName && one.uuid === uuid && one.name === name,
  );
  if (!made) throw new Error(`The desktop does not know the channel ${channelName} that this page has made.`);
  return { uuid, name, channelId: made.channelId };
}
