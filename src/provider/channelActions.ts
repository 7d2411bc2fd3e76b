import type { OpenFin } from '@openfin/core';
import type { z } from '../zod.ts';
import { providerActions, type ProviderAction, type providerReplies } from '../channel/protocol.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import type { ChannelCallers, ClientIdentity } from './channelCallers.ts';
import type { AllowedApp } from './configuration.ts';

export type Payload<A extends ProviderAction> = z.output<(typeof providerActions)[A]>;
/** The reply that `docs/protocol.md` promises. */
type Answer<A extends ProviderAction> = Outcome<z.input<(typeof providerReplies)[A]>>;
export type Reply<A extends ProviderAction> = Promise<Answer<A>> | Answer<A>;

/**
 * How a message is answered. `audited`: by a function that writes its own audit line, so that no second one is written
 * here.
 */
type Handled<A extends ProviderAction> =
  { audited: Reply<A> } | { reply: () => Reply<A>; app?: string; client?: string | undefined };
type CallerHandler<A extends ProviderAction> = (caller: Caller, payload: Payload<A>) => Reply<A>;

export type ChannelActions = ReturnType<typeof createChannelActions>;

/**
 * Routes messages to their handlers: parsed, from a caller that has been admitted and may do this, with one audit line
 * each. Every reply is an outcome, as a thrown error would lose its code on the way (and could carry a stack).
 */
export function createChannelActions(
  channel: Pick<OpenFin.ChannelProvider, 'register'>,
  callers: ChannelCallers,
  audit: Audit,
) {
  function on<A extends ProviderAction>(
    action: A,
    handle: (payload: Payload<A>, client: ClientIdentity) => Handled<A>,
  ): void {
    channel.register(action, async (payload: unknown, sender: unknown) => {
      const client = sender as ClientIdentity;
      const parsed = providerActions[action].safeParse(payload ?? {});
      if (!parsed.success) {
        const paths = parsed.error.issues
          .map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`)
          .join('; ');
        return audit({ app: callers.nameOf(client), action }, () =>
          failure('INVALID_PARAMETER', `The message ${action} is malformed: ${paths}`),
        );
      }
      const handled = handle(parsed.data as Payload<A>, client);
      if ('audited' in handled) return handled.audited;
      return audit(
        {
          app: handled.app ?? callers.nameOf(client),
          action,
          ...(handled.client !== undefined && { client: handled.client }),
        },
        handled.reply,
      );
    });
  }

  function ofCaller<A extends ProviderAction>(
    role: AllowedApp['role'] | undefined,
    client: ClientIdentity,
    handle: (caller: Caller) => Handled<A>,
  ): Handled<A> {
    const caller = callers.of(client);
    if (!caller)
      return {
        reply: () => failure('APP_NOT_ALLOWED', 'This app has not identified itself to the Salesforce provider.'),
      };
    if (role && caller.app.role !== role)
      return { reply: () => failure('APP_NOT_ALLOWED', `${caller.app.name} may not do this.`) };
    return handle(caller);
  }

  return {
    /** Handles messages of any connected client, admitted or not. */
    on,

    /**
     * Handles messages of a caller, of the given role if one is named, by a function that writes its own audit line.
     */
    toService<A extends ProviderAction>(
      role: AllowedApp['role'] | undefined,
      action: A,
      handle: CallerHandler<A>,
    ): void {
      on(action, (payload, client) => ofCaller(role, client, (caller) => ({ audited: handle(caller, payload) })));
    },

    /** Handles messages of a page of the given role by a function that writes no audit line. */
    toPages<A extends ProviderAction>(role: AllowedApp['role'], action: A, handle: CallerHandler<A>): void {
      on(action, (payload, client) => ofCaller(role, client, (caller) => ({ reply: () => handle(caller, payload) })));
    },
  };
}
