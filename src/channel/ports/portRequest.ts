import { z } from '../../zod.ts';

/**
 * From a page that the provider's page frames, to that page: it wants a channel, and transfers one end of a
 * `MessageChannel` for it. The browser says of which window and origin the page is; it says nothing of itself.
 */
export const portRequest = z.object({ type: z.literal('salesforce-interop.portRequest'), channelName: z.string() });

/** The first thing that the provider's page asks over the port: it has let the page in. */
export const portOpened = z.object({ channelId: z.string().min(1) });
export const openedAction = 'port.opened';
