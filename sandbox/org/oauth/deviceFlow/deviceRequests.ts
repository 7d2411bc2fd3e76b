import { randomBytes, randomInt } from 'node:crypto';
import type { OAuthFailure } from '../authorizationErrors.ts';

const lifetimeMs = 10 * 60 * 1000;
/** Added to the interval of a device that polls too fast (RFC 8628 §3.5). */
const slowDownMs = 5000;
/** Without vowels, and without characters that look like others. */
const codeAlphabet = 'BCDFGHJKLMNPQRSTVWXZ23456789';

export interface DeviceRequest {
  readonly deviceCode: string;
  /** Eight characters, which a person types. */
  readonly userCode: string;
  readonly consumerKey: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  intervalMs: number;
  polledAt: number | undefined;
  state: 'pending' | 'denied' | 'used' | { approvedBy: string };
}

const failure = (error: string, error_description: string): OAuthFailure => ({ error, error_description });

/** Devices waiting for a person to approve them (Salesforce Help, "OAuth 2.0 Device Flow"; RFC 8628). */
export class DeviceRequests {
  readonly #now: () => number;
  readonly #requests = new Map<string, DeviceRequest>();

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(consumerKey: string, scopes: readonly string[], intervalSeconds: number): DeviceRequest {
    const request: DeviceRequest = {
      deviceCode: randomBytes(48).toString('base64url').replaceAll('-', '.'),
      userCode: this.#newUserCode(),
      consumerKey,
      scopes,
      expiresAt: this.#now() + lifetimeMs,
      intervalMs: intervalSeconds * 1000,
      polledAt: undefined,
      state: 'pending',
    };
    this.#requests.set(request.deviceCode, request);
    return request;
  }

  /** The request a person's code stands for while it waits; spaces, dashes and case do not matter. */
  waiting(userCode: string): DeviceRequest | undefined {
    const wanted = userCode.replaceAll(/[\s-]/gu, '').toUpperCase();
    return [...this.#requests.values()].find(
      (request) => request.userCode === wanted && request.state === 'pending' && request.expiresAt > this.#now(),
    );
  }

  /** A device asks. @returns The request once it is approved, otherwise why not (RFC 8628 §3.5). */
  poll(
    deviceCode: string,
    consumerKey: string,
  ): { approvedBy: string; request: DeviceRequest } | { refused: OAuthFailure } {
    const request = this.#requests.get(deviceCode);
    if (request?.consumerKey !== consumerKey || request.state === 'used') {
      return { refused: failure('invalid_grant', 'invalid device code') };
    }
    if (request.expiresAt <= this.#now()) return { refused: failure('expired_token', 'device code is expired') };
    if (this.#isTooFast(request)) return { refused: failure('slow_down', 'polling too quickly') };
    if (request.state === 'pending') {
      return { refused: failure('authorization_pending', 'the user has not yet approved') };
    }
    if (request.state === 'denied') return { refused: failure('access_denied', 'end-user denied authorization') };
    return { approvedBy: request.state.approvedBy, request };
  }

  #isTooFast(request: DeviceRequest): boolean {
    const { polledAt, intervalMs } = request;
    request.polledAt = this.#now();
    if (polledAt === undefined || this.#now() - polledAt >= intervalMs) return false;
    request.intervalMs += slowDownMs;
    return true;
  }

  #newUserCode(): string {
    const code = Array.from({ length: 8 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
    return this.waiting(code) ? this.#newUserCode() : code;
  }
}
