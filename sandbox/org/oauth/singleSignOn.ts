import { randomBytes } from 'node:crypto';

/** A sign-in the org has sent to the identity provider. */
export interface SsoRequest {
  /** The sign-in page it comes from. */
  uid: string;
  /** Where the identity provider sends the person back to. */
  returnUrl: string;
}

const newId = (): string => randomBytes(24).toString('base64url');

/**
 * What org and identity provider tell each other, in place of signed SAML messages: a request goes out once, and comes
 * back once with the person the identity provider has recognised.
 */
export class SingleSignOn {
  /** Public URL of the identity provider. */
  readonly url: string;
  readonly #requests = new Map<string, SsoRequest>();
  readonly #assertions = new Map<string, { uid: string; username: string }>();

  constructor(url: string) {
    this.url = url;
  }

  /** @returns The URL to send the browser to. */
  send(request: SsoRequest): string {
    const id = newId();
    this.#requests.set(id, request);
    return `${this.url}/sso?request=${id}`;
  }

  request(id: string): SsoRequest | undefined {
    return this.#requests.get(id);
  }

  /** The identity provider vouches for a person. @returns Where the browser goes, undefined for an unknown request. */
  vouch(requestId: string, username: string): string | undefined {
    const request = this.#requests.get(requestId);
    if (!request) return undefined;
    this.#requests.delete(requestId);
    const id = newId();
    this.#assertions.set(id, { uid: request.uid, username });
    return `${request.returnUrl}?assertion=${id}`;
  }

  /** The username vouched for, once, and only on the sign-in page that asked. */
  redeem(assertion: string, uid: string): string | undefined {
    const found = this.#assertions.get(assertion);
    if (found?.uid !== uid) return undefined;
    this.#assertions.delete(assertion);
    return found.username;
  }
}
