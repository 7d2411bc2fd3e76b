/**
 * How the org answers a change of a record that somebody has changed since. What it does with `If-Modified-Since` in
 * the User Interface API is not documented, so each form that is known of can be had:
 *
 * - `recordError`: 400 with `CollisionDetectedException`, as it has been captured from an org.
 * - `preconditionFailed`: 412, as the REST API answers a condition that fails.
 * - `ifLastModified`: 400 with `ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK`, as a save result names it.
 */
export const collisionForms = ['recordError', 'preconditionFailed', 'ifLastModified'] as const;
export type CollisionForm = (typeof collisionForms)[number];
