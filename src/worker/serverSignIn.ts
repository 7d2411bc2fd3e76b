import type { z } from '../zod.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import type { GrantOptions } from './orgClient.ts';
import type { OrgClock } from './orgClock.ts';
import type { FinishedSignIn } from './pendingSignIns.ts';
import type { ServerGrant } from './serverGrant.ts';
import { signInRequest, type SignInsOptions } from './signIn.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

const serverSignInRequest = signInRequest.omit({ interaction: true, extraParameters: true });
export type ServerSignInRequest = z.input<typeof serverSignInRequest>;

interface ServerSignInOptions extends Omit<SignInsOptions, 'pending'> {
  /** Absent where there is no key or secret. */
  grant: ServerGrant | undefined;
  clock: OrgClock;
}

interface FinishedServerSignIn extends FinishedSignIn {
  /** Asks for new tokens, which is how such a session is renewed. */
  reissue: (grant: GrantOptions) => Promise<Outcome<GrantedTokens>>;
}

/** Signs in without a person, by the flow that this place has a key or secret for. */
export function createServerSignIn({ grant, clock, findOrg, orgClient, newProofKey }: ServerSignInOptions) {
  return async function serverSignIn(input: ServerSignInRequest): Promise<Outcome<FinishedServerSignIn>> {
    const parsed = serverSignInRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'The sign-in request is malformed.');
    if (!grant) return failure('INVALID_PARAMETER', 'This provider signs people in. Flows without a person are for its server-side host.');
    const { orgUrl, consumerKey, scopes } = parsed.data;
    const org = findOrg(orgUrl, consumerKey);
    if (!org) return failure('INVALID_PARAMETER', 'This org and consumer key are not configured.');
    const client = await orgClient(org);
    if (!client.ok) return client;
    const proofKey = await newProofKey(client.data);
    if (!proofKey.ok) return proofKey;
    const reissue = (options: GrantOptions): Promise<Outcome<GrantedTokens>> => grant.ask(client.data, options, clock);
    const tokens = await reissue({ scopes, proofKey: proofKey.data });
    return tokens.ok ? success({ client: client.data, tokens: tokens.data, reissue }) : tokens;
  };
}
