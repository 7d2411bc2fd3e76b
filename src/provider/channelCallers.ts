import type { OpenFin } from '@openfin/core';
import type { ClientRelease, PlatformStatus } from '../channel/protocol.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';
import type { AllowedApp } from './configuration.ts';

/** A client of the channel as the runtime names it. */
export type ClientIdentity = Pick<OpenFin.ClientIdentity, 'uuid' | 'name' | 'endpointId'>;

/** How the audit trail names a client: its name and version, as it says itself. */
export const releaseLabel = ({ name, version }: ClientRelease): string => `${name} ${version}`;

/** The clients of the channel that have been let in, and who each of them is. */
export class ChannelCallers {
  readonly #byEndpoint = new Map<
    string,
    { caller: Caller; identity: ClientIdentity; release: ClientRelease | undefined }
  >();

  /** An endpoint id is known to others too: it counts with the client that it was given to only. */
  of({ endpointId, uuid, name }: ClientIdentity): Caller | undefined {
    const known = this.#byEndpoint.get(endpointId);
    return known?.identity.uuid === uuid && known.identity.name === name ? known.caller : undefined;
  }

  /** For the audit trail. */
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

  /** How to reach those whom it concerns. */
  reach(audience: Audience): ClientIdentity[] {
    return [...this.#byEndpoint.values()].filter(({ caller }) => audience(caller)).map(({ identity }) => identity);
  }

  /** Which apps are connected, and by which client: each once, however many pages it has. */
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
