import type { CallContext, OrgDatabase, SObjectRecord } from '../../database/orgDatabase.ts';
import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';

const SUMMARY_FIELDS = ['Id', 'Name', 'FirstName', 'LastName', 'Title', 'CompanyName', 'IsActive', 'UserType'];
const DETAIL_FIELDS = [
  ...SUMMARY_FIELDS,
  'Email',
  'Username',
  'CommunityNickname',
  'AboutMe',
  'Phone',
  'MobilePhone',
  'ManagerId',
];

/** A user as an actor of a post (Connect REST API guide, "User Summary"). */
function userSummary(user: SObjectRecord, apiVersion: string): Record<string, unknown> {
  return {
    additionalLabel: null,
    communityNickname: user['CommunityNickname'] ?? null,
    companyName: user['CompanyName'] ?? null,
    displayName: user['Name'],
    firstName: user['FirstName'] ?? null,
    id: user['Id'],
    isActive: user['IsActive'] ?? true,
    isInThisCommunity: true,
    lastName: user['LastName'],
    motif: null,
    mySubscription: null,
    name: user['Name'],
    outOfOffice: { message: '' },
    photo: null,
    reputation: null,
    title: user['Title'] ?? null,
    type: 'User',
    url: `/services/data/v${apiVersion}/chatter/users/${String(user['Id'])}`,
    userType: 'Internal',
  };
}

/** Connect REST API guide, "User Detail". @throws OrgError 404 when there is no such user. */
export function userDetail(database: OrgDatabase, id: string, context: CallContext): Record<string, unknown> {
  const user = database.retrieve('User', id, context, DETAIL_FIELDS);
  const phones = [
    { label: 'Work', number: user['Phone'], type: 'Work' },
    { label: 'Mobile', number: user['MobilePhone'], type: 'Mobile' },
  ].map(({ label, number, type }) => ({ label, phoneNumber: number, phoneType: type, type }));
  return {
    ...userSummary(user, context.apiVersion),
    aboutMe: user['AboutMe'] ?? null,
    address: null,
    email: user['Email'],
    managerId: user['ManagerId'] ?? null,
    phoneNumbers: phones.filter(({ phoneNumber }) => phoneNumber !== null && phoneNumber !== undefined),
    username: user['Username'],
  };
}

/** Summaries of several users by id, read at once. */
export function userSummaries(
  database: OrgDatabase,
  ids: readonly string[],
  context: CallContext,
): Map<string, Record<string, unknown>> {
  if (ids.length === 0) return new Map();
  const list = [...new Set(ids)].map(quoteSoqlString).join(', ');
  const { records } = database.query(`SELECT ${SUMMARY_FIELDS.join(', ')} FROM User WHERE Id IN (${list})`, context);
  return new Map(records.map((user) => [String(user['Id']), userSummary(user, context.apiVersion)]));
}

/** Active users, whose name holds the text when one is given. */
export function listUsers(database: OrgDatabase, term: string | null, context: CallContext): Record<string, unknown>[] {
  const { records } = database.query(
    `SELECT ${DETAIL_FIELDS.join(', ')} FROM User WHERE IsActive = true ORDER BY Name LIMIT 2000`,
    context,
  );
  const wanted = term?.toLowerCase() ?? '';
  return records
    .filter((user) => String(user['Name']).toLowerCase().includes(wanted))
    .map((user) => userSummary(user, context.apiVersion));
}
