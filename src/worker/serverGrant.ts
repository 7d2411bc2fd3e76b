import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import type { Outcome } from '../outcomes/failure.ts';
import type { OrgClient } from './orgClient.ts';
import type { GrantOptions } from './tokenRequests.ts';
import type { OrgClock } from './orgClock.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

/** A flow without a person. Only a server has one, as it needs a key or secret. */
export interface ServerGrant {
  /** How the app authenticates at the org's other OAuth endpoints; undefined for an app without a secret. */
  authentication?: oauth.ClientAuth;
  /** Requests tokens, at first and each time they have expired: there is no refresh token. */
  ask(client: OrgClient, grant: GrantOptions, clock: OrgClock): Promise<Outcome<GrantedTokens>>;
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/**
 * Lifetime of an assertion. Salesforce accepts at most three minutes; a little less allows for clocks that differ by
 * some seconds.
 */
const assertionSeconds = 165;

interface JwtBearerOptions {
  username: string;
  /** The key for RS256, whose certificate was uploaded to the app. */
  privateKey: CryptoKey;
  /** The login host that the assertion is for. */
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
