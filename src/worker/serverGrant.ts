import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import type { Outcome } from '../outcomes/failure.ts';
import type { OrgClient } from './orgClient.ts';
import type { GrantOptions } from './tokenRequests.ts';
import type { OrgClock } from './orgClock.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** A flow in which no person takes part. Only a host on a server has one: what it proves itself with is a secret. */
export interface ServerGrant {
  /** How the app proves who it is at the org's other OAuth endpoints; it proves nothing there without a secret. */
  authentication?: oauth.ClientAuth;
  /** Asks for tokens, at first and each time they have ended: there is no refresh token. */
  ask(client: OrgClient, grant: GrantOptions, clock: OrgClock): Promise<Outcome<GrantedTokens>>;
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Salesforce takes assertions that end within three minutes; a little less, for clocks that are some seconds apart. */
const assertionSeconds = 165;

interface JwtBearerOptions {
  username: string;
  /** Signs with RS256; its certificate is the one uploaded to the app. */
  privateKey: CryptoKey;
  /** The login host that the assertion is meant for. */
  audience: string;
}

/**
 * The JWT bearer flow: signs in a user for whom an administrator has approved the app (RFC 7523, 2.1 and 3; Salesforce
 * Help, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration"). An assertion refused for its time is sent once
 * more after the org's time has been asked for.
 */
export function jwtBearerGrant({ username, privateKey, audience }: JwtBearerOptions): ServerGrant {
  async function assertion(consumerKey: string, clock: OrgClock): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(consumerKey)
      .setSubject(username)
      .setAudience(audience)
      .setExpirationTime(clock.seconds() + assertionSeconds)
      .sign(privateKey);
  }

  return {
    async ask(client, grant, clock) {
      const send = async (): Promise<Outcome<GrantedTokens>> =>
        client.grant(
          'server',
          jwtBearer,
          { assertion: await assertion(client.org.consumerKey, clock) },
          oauth.None(),
          grant,
        );
      await clock.measure();
      const granted = await send();
      if (granted.ok || granted.error.reason !== 'server.assertionRefused') return granted;
      await clock.measure({ again: true });
      return send();
    },
  };
}

/**
 * The client credentials flow: the app itself signs in, as the user whom its policies name (RFC 6749, 4.4; Salesforce
 * Help, "OAuth 2.0 Client Credentials Flow").
 */
export function clientCredentialsGrant(clientSecret: string): ServerGrant {
  const authentication = oauth.ClientSecretPost(clientSecret);
  return {
    authentication,
    ask: (client, grant) => client.grant('server', 'client_credentials', {}, authentication, grant),
  };
}
