import type { OpenFin } from '@openfin/core';
import type { ClientRelease, PlatformStatus } from '../channel/protocol.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';
import type { AllowedApp } from './configuration.ts';

/** A client of the channel as the runtime names it. */
export type ClientIdentity = Pick<OpenFin.ClientIdentity, 'uuid' | 'name' | 'endpointId'>;

/** A client's name and version, as the client states them, for the audit trail. */
export const releaseLabel = ({ name, version }: ClientRelease): string => `${name} ${version}`;

/** The clients of the channel that have been admitted, and the caller behind each. */
export class ChannelCallers {
  readonly #byEndpoint = new Map<
    string,
    { caller: Caller; identity: ClientIdentity; release: ClientRelease | undefined }
  >();

  /** The caller behind a client. Compares the client too, as an endpoint id alone may be known to other clients. */
  of({ endpointId, uuid, name }: ClientIdentity): Caller | undefined {
    const known = this.#byEndpoint.get(endpointId);
    return known?.identity.uuid === uuid && known.identity.name === name ? known.caller : undefined;
  }

  /** Whether a caller that was admitted has neither left nor been admitted anew. */
  isThere(caller: Caller): boolean {
    return this.#byEndpoint.get(caller.id)?.caller === caller;
  }

  /** Name of a client for the audit trail. */
  nameOf(client: ClientIdentity): string {
    return this.of(client)?.app.name ?? `(not let in) ${client.uuid}/${client.name}`;
  }

  /** @param release What the client says of itself in its `hello`, if it has said one. */
  admit(client: ClientIdentity, app: AllowedApp, release: ClientRelease | undefined): Outcome<Caller> {
    if (this.#byEndpoint.has(client.endpointId) && !this.of(client))
      return failure('APP_NOT_ALLOWED', 'This endpoint id was given to another client.');
    const caller: Caller = {
      id: client.endpointId,
      app,
      ...(release && { client: releaseLabel(release) }),
      keepsSession: app.role !== 'platform',
    };
    this.#byEndpoint.set(client.endpointId, { caller, identity: client, release });
    return success(caller);
  }

  /** @returns false for a client that was not let in. */
  remove(client: ClientIdentity): boolean {
    return this.of(client) !== undefined && this.#byEndpoint.delete(client.endpointId);
  }

  /** The clients that belong to an audience. */
  reach(audience: Audience): ClientIdentity[] {
    return [...this.#byEndpoint.values()].filter(({ caller }) => audience(caller)).map(({ identity }) => identity);
  }

  /** The connected apps and the versions of their clients, each once, however many pages an app has. */
  connectedApps(): Required<Pick<PlatformStatus, 'apps' | 'clients'>> {
    const apps = new Set<string>();
    const clients = new Map<string, ClientRelease & { app: string }>();
    for (const {
      caller: { app },
      release,
    } of this.#byEndpoint.values()) {
      if (app.role !== 'app') continue;
      apps.add(app.name);
      if (release)
        clients.set(JSON.stringify([app.name, release.name, release.version]), { app: app.name, ...release });
    }
    return { apps: [...apps], clients: [...clients.values()] };
  }
}
