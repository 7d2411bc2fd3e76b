import path from 'node:path';

/** The folder that holds this repository. */
export const repository = path.resolve(import.meta.dirname, '..');
