import { organizationId } from '../organization.ts';

/** The identity URL of a user at this origin; ends in `/organizationId/userId`, 18 characters each. */
export function identityUrl(origin: string, userId: string): string {
  return `${origin}/id/${organizationId}/${userId}`;
}
