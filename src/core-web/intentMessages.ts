/** What an app's desktop agent tells the platform page of its intents, over the Channel that the bus has too. */
import { z } from '../zod.ts';

/** The app has unsubscribed its listener (FDC3 2.2, `Listener.unsubscribe`). */
export const intentListenerGone = {
  action: 'intentListenerGone',
  payload: z.object({ intent: z.string().min(1).max(300) }),
} as const;
