import type { OpenFin } from '@openfin/core';

/** The runtime's API in a window or view of the desktop container. */
export type ContainerFin = OpenFin.Fin<'window' | 'view'>;
