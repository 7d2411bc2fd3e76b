import { organizationId } from '../organization.ts';

/** Subject of id tokens and userinfo: the identity URL at Salesforce's login host, whatever host was asked. */
export function accountIdOfUser(userId: string): string {
  return `https://login.salesforce.com/id/${organizationId}/${userId}`;
}

/** The user id at the end of an identity URL. */
export function userIdOfAccount(accountId: string): string {
  return accountId.slice(accountId.lastIndexOf('/') + 1);
}
