import type { OpenFin } from '@openfin/core';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';
import type { AllowedApp } from './configuration.ts';

/** A client of the channel as the runtime names it. */
export type ClientIdentity = Pick<OpenFin.ClientIdentity, 'uuid' | 'name' | 'endpointId'>;

/** The clients of the channel that have been let in, and who each of them is. */
export class ChannelCallers {
  readonly #byEndpoint = new Map<string, { caller: Caller; identity: ClientIdentity }>();

  /** An endpoint id is known to others too: it counts with the client that it was given to only. */
  of({ endpointId, uuid, name }: ClientIdentity): Caller | undefined {
    const known = this.#byEndpoint.get(endpointId);
    return known?.identity.uuid === uuid && known.identity.name === name ? known.caller : undefined;
  }

  /** For the audit trail. */
  nameOf(client: ClientIdentity): string {
    return this.of(client)?.app.name ?? `(not let in) ${client.uuid}/${client.name}`;
  }

  admit(client: ClientIdentity, app: AllowedApp): Outcome<Caller> {
    if (this.#byEndpoint.has(client.endpointId) && !this.of(client)) return failure('APP_NOT_ALLOWED', 'This endpoint id was given to another client.');
    const caller: Caller = { id: client.endpointId, app, keepsSession: app.role !== 'platform' };
    this.#byEndpoint.set(client.endpointId, { caller, identity: client });
    return success(caller);
  }

  /** @returns false for a client that was not let in. */
  remove(client: ClientIdentity): boolean {
    return this.of(client) !== undefined && this.#byEndpoint.delete(client.endpointId);
  }

  /** How to reach those whom it concerns. */
  reach(audience: Audience): ClientIdentity[] {
    return [...this.#byEndpoint.values()].filter(({ caller }) => audience(caller)).map(({ identity }) => identity);
  }

  /** Labels of the apps, one for each of their pages. */
  appNames(): string[] {
    return [...this.#byEndpoint.values()].filter(({ caller: { app } }) => app.role === 'app').map(({ caller: { app } }) => app.name);
  }
}
