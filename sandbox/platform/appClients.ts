import type { PlatformStatus } from '../../src/channel/protocol.ts';
import { escapeInvisible } from '../../src/logLine.ts';

/**
 * @returns the releases of the Salesforce client that an app's pages have brought, to be read by a person; empty for
 * one that uses none.
 */
export function clientsOf(status: Pick<PlatformStatus, 'clients'> | undefined, app: string): string {
  return (status?.clients ?? [])
    .filter((client) => client.app === app)
    .map(({ name, version }) => escapeInvisible(`${name} ${version}`))
    .join(', ');
}
