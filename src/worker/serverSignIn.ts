import type { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { GrantOptions } from './tokenRequests.ts';
import type { OrgClock } from './orgClock.ts';
import type { FinishedSignIn } from './pendingSignIns.ts';
import type { ServerGrant } from './serverGrant.ts';
import { prepareSignIn, signInRequest, type SignInsOptions } from './signIn.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

const serverSignInRequest = signInRequest.omit({ interaction: true, extraParameters: true });
export type ServerSignInRequest = z.input<typeof serverSignInRequest>;

interface ServerSignInOptions extends Omit<SignInsOptions, 'pending'> {
  /** Undefined where there is no key or secret. */
  grant: ServerGrant | undefined;
  clock: OrgClock;
}

interface FinishedServerSignIn extends FinishedSignIn {
  /** Requests new tokens, by which such a session is renewed. */
  reissue: (grant: GrantOptions) => Promise<Outcome<GrantedTokens>>;
}

/** Signs in without a person, by the flow that this environment has a key or secret for. */
export function createServerSignIn({ grant, clock, ...needs }: ServerSignInOptions) {
  return async function serverSignIn(input: ServerSignInRequest): Promise<Outcome<FinishedServerSignIn>> {
    const parsed = serverSignInRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'The sign-in request is malformed.');
    if (!grant)
      return failure(
        'INVALID_PARAMETER',
        'This provider signs people in. Flows without a person are for its server-side host.',
      );
    const prepared = await prepareSignIn({ ...parsed.data, extraParameters: {} }, needs);
    if (!prepared.ok) return prepared;
    const { client, proofKey } = prepared.data;
    const reissue = (options: GrantOptions): Promise<Outcome<GrantedTokens>> => grant.ask(client, options, clock);
    const tokens = await reissue({ scopes: parsed.data.scopes, proofKey });
    return tokens.ok ? success({ client, tokens: tokens.data, reissue }) : tokens;
  };
}
