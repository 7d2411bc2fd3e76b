import type { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import type { connectRequest, SessionDetails } from '../channel/protocol.ts';
import { authorizeParameters } from './authorizeParameters.ts';
import type { ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';
import type { WantedSession } from './liveSession.ts';
import type { Sessions } from './sessions.ts';
import { signInPlace, type SignedOutMark } from './signedOutMark.ts';
import type { SignIns } from './signIns.ts';
import type { Asker } from './windowTurns.ts';

export interface NewSessionsOptions {
  configuration: ProviderConfiguration;
  host: Pick<Host, 'canSignInSilently'>;
  sessions: Sessions;
  signIns: SignIns;
  /** Set by "Sign out". The org may still have a session of the person, who may want to let somebody else sign in. */
  signedOut: SignedOutMark;
}

type SignInRequest = Pick<z.output<typeof connectRequest>, 'authFlowParams' | 'authWindowOptions'>;

/** Gets sessions where there is none of the kind: by a person, or from the org without one. */
export function createNewSessions({ configuration, host, sessions, signIns, signedOut }: NewSessionsOptions) {
  const placeOf = ({ orgUrl, consumerKey }: WantedSession): string =>
    signInPlace(
      configuration.orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey) ?? { orgUrl },
    );

  async function signIn(
    wanted: WantedSession,
    request: SignInRequest,
    interaction: 'allowed' | 'none',
    asker: Asker,
    signal?: AbortSignal,
  ): Promise<Outcome<SessionDetails>> {
    const { orgUrl, consumerKey, owner } = wanted;
    const extraParameters =
      interaction === 'allowed' ? authorizeParameters(request.authFlowParams, signedOut.isSet(placeOf(wanted))) : {};
    const signOutsBefore = sessions.signOuts();
    const session = await signIns.signIn(
      {
        orgUrl,
        consumerKey,
        owner,
        scopes: sessions.scopesWith(wanted),
        interaction,
        extraParameters,
        windowOptions: request.authWindowOptions ?? {},
      },
      asker,
      () => sessions.find(wanted),
      signal,
    );
    // Somebody may have signed out meanwhile.
    if (session.ok && interaction === 'allowed' && sessions.signOuts() === signOutsBefore)
      signedOut.clear(placeOf(wanted));
    return session;
  }

  return {
    /** Leads a person through signing in. */
    byPerson: (
      wanted: WantedSession,
      request: SignInRequest,
      asker: Asker,
      signal: AbortSignal,
    ): Promise<Outcome<SessionDetails>> => signIn(wanted, request, 'allowed', asker, signal),

    /**
     * A session that the org gives without a person, or null. Not tried after "Sign out", as the org may still have a
     * session of the person who signed out.
     */
    async silently(wanted: WantedSession, asker: Asker, signal?: AbortSignal): Promise<Outcome<SessionDetails | null>> {
      if (!host.canSignInSilently || !configuration.silentSignIn || signedOut.isSet(placeOf(wanted)))
        return success(null);
      const session = await signIn(wanted, {}, 'none', asker, signal);
      if (!session.ok && session.error.code === 'INTERACTION_REQUIRED') return success(null);
      return session;
    },
  };
}
