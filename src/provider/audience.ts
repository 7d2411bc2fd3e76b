import type { Caller } from './accessPolicy.ts';
import type { AllowedApp } from './configuration.ts';

/** Decides which callers are told of an event; no other caller hears of it. */
export type Audience = (caller: Caller) => boolean;

/** The provider's own pages of one kind, e.g. the platform page. */
export const ofRole =
  (role: AllowedApp['role']): Audience =>
  ({ app }) =>
    app.role === role;

/** One caller. */
export const ofCaller =
  (callerId: string): Audience =>
  ({ id }) =>
    id === callerId;
