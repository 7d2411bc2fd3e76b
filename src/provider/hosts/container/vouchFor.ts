import type { OpenFin } from '@openfin/core';
import type { CallerIdentity } from '../../accessPolicy.ts';
import type { ContainerFin } from './containerFin.ts';

/**
 * Identity of a window or view as the runtime states it: its uuid, its name, and the origin of the page that it shows
 * now. Any page of an application can give its windows any name, so a name alone proves nothing.
 *
 * @see `OpenFin.View#getInfo`, `OpenFin.Window#getInfo`; an external application has neither.
 */
export async function vouchFor(
  fin: Pick<ContainerFin, 'View' | 'Window'>,
  { uuid, name }: OpenFin.Identity & { name: string },
): Promise<CallerIdentity> {
  const identity = { uuid, name };
  const info = await fin.View.wrapSync(identity)
    .getInfo()
    .catch(() => fin.Window.wrapSync(identity).getInfo())
    .catch(() => undefined);
  const origin = info && URL.canParse(info.url) ? new URL(info.url).origin : undefined;
  return { kind: 'runtime', uuid, name, ...(origin !== undefined && { origin }) };
}
