import { deferred } from '../../deferred.ts';
import type { StartedDeviceSignIn } from '../../worker/deviceSignIn.ts';
import { deviceChannel, fromDevicePage, type ToDevicePage } from './deviceMessages.ts';

type Told<Message = ToDevicePage> = Message extends ToDevicePage ? Omit<Message, 'signInId'> : never;

export type DeviceConversation = ReturnType<typeof openDeviceConversation>;

/** The provider's end of the messages with the page of one sign-in, from before that page is opened until `close`. */
export function openDeviceConversation(signInId: string) {
  const channel = new BroadcastChannel(deviceChannel);
  const cancelled = deferred<'cancelled'>();
  let current: ToDevicePage | undefined;
  let newCode = deferred<'newCode'>();

  function tell(message: Told): void {
    current = { ...message, signInId } as ToDevicePage;
    channel.postMessage(current);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const said = fromDevicePage.safeParse(data);
    if (!said.success || said.data.signInId !== signInId) return;
    // A page that was reloaded, or opened again, is sent the current state.
    if (said.data.kind === 'ready' && current) channel.postMessage(current);
    if (said.data.kind === 'cancel') cancelled.resolve('cancelled');
    if (said.data.kind === 'newCode' && current?.kind !== 'renewing') newCode.resolve('newCode');
  };

  return {
    cancelled: cancelled.promise,
    showCode({ userCode, verificationUri, expiresInMs }: Omit<StartedDeviceSignIn, 'signInId'>): void {
      tell({ kind: 'code', userCode, verificationUri, expiresAt: Date.now() + expiresInMs });
    },
    tell,
    /** Settles when the person next asks for a new code. */
    newCodeWanted(): Promise<'newCode'> {
      newCode = deferred<'newCode'>();
      return newCode.promise;
    },
    close: (): void => channel.close(),
  };
}
