import { z } from '../zod.ts';

/** The API version where the configuration names none: Spring '26. */
export const defaultApiVersion = '66.0';

/** Answer of `GET /services/data`, which needs no session: the versions that an org serves, oldest first. */
export const apiVersionList = z
  .array(z.looseObject({ version: z.string().regex(/^\d{1,3}\.\d$/) }))
  .nonempty()
  .transform((list) => list.map(({ version }) => version).sort((one, other) => Number(one) - Number(other)));

/** The version that a path of the REST API names, e.g. `66.0`. */
export function apiVersionOf(pathname: string): string | undefined {
  return /^\/services\/data\/v(\d{1,3}\.\d)(?:\/|$)/.exec(pathname)?.[1];
}

/** Says which version an org lacks and which it has; undefined when it has it. */
export function missingVersion(version: string, served: readonly string[]): string | undefined {
  if (served.length === 0 || served.includes(version)) return undefined;
  return `This org does not have version ${version} of the REST API: it has ${served[0]!} to ${served.at(-1)!}.`;
}
