import type { SObjectRecord } from '../database/orgDatabase.ts';
import { organizationId } from '../organization.ts';
import { accountIdOfUser } from './accountId.ts';
import { identityUrl } from './identityUrl.ts';
import type { DirectoryUser } from './userDirectory.ts';

type Claims = Record<string, unknown>;

/** Members that userinfo and the identity URL share, read from the user's row. */
function readRow({ username, firstName, lastName }: DirectoryUser, row: SObjectRecord): Record<string, string | null> {
  const text = (field: string): string | null => (typeof row[field] === 'string' ? row[field] : null);
  return {
    name: text('Name') ?? `${firstName} ${lastName}`,
    email: text('Email') ?? username,
    nickname: text('CommunityNickname') ?? text('Alias') ?? username.slice(0, username.indexOf('@')),
    timezone: text('TimeZoneSidKey') ?? 'America/New_York',
    language: text('LanguageLocaleKey') ?? 'en_US',
    locale: text('LocaleSidKey') ?? 'en_US',
    street: text('Street'),
    city: text('City'),
    state: text('State'),
    country: text('Country'),
    zip: text('PostalCode'),
    mobile: text('MobilePhone'),
    modified: text('LastModifiedDate') ?? '2026-01-31T10:00:00.000+0000',
  };
}

/** Answer of `/services/oauth2/userinfo`. */
export function userInfoOf(origin: string, user: DirectoryUser, row: SObjectRecord): Claims {
  const { id } = user.orgUser;
  const { name, email, nickname, timezone, language, locale, street, city, state, country, zip, modified } = readRow(
    user,
    row,
  );
  const photos = photosOf(origin);
  return {
    sub: accountIdOfUser(id),
    user_id: id,
    organization_id: organizationId,
    preferred_username: user.username,
    nickname,
    name,
    email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: timezone,
    photos,
    profile: `${origin}/${id}`,
    picture: photos.picture,
    address: { street_address: street, locality: city, region: state, country, postal_code: zip },
    is_salesforce_integration_user: false,
    urls: urlsOf(origin, id),
    active: true,
    user_type: 'STANDARD',
    language,
    locale,
    utcOffset: utcOffsetOf(timezone ?? 'UTC'),
    updated_at: isoDate(modified),
  };
}

/** Answer of the identity URL. */
export function identityOf(origin: string, user: DirectoryUser, row: SObjectRecord, asserted: boolean): Claims {
  const { id } = user.orgUser;
  const profile = readRow(user, row);
  return {
    id: identityUrl(origin, id),
    asserted_user: asserted,
    user_id: id,
    organization_id: organizationId,
    username: user.username,
    nick_name: profile['nickname'],
    display_name: profile['name'],
    email: profile['email'],
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: profile['timezone'],
    photos: photosOf(origin),
    addr_street: profile['street'],
    addr_city: profile['city'],
    addr_state: profile['state'],
    addr_country: profile['country'],
    addr_zip: profile['zip'],
    mobile_phone: profile['mobile'],
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: {
      ...urlsOf(origin, id),
      tooling_soap: `${origin}/services/Soap/T/{version}/${organizationId.slice(0, 15)}`,
      tooling_rest: `${origin}/services/data/v{version}/tooling/`,
    },
    active: true,
    user_type: 'STANDARD',
    language: profile['language'],
    locale: profile['locale'],
    utcOffset: utcOffsetOf(profile['timezone'] ?? 'UTC'),
    last_modified_date: isoDate(profile['modified']),
    is_app_installed: true,
  };
}

function photosOf(origin: string): { picture: string; thumbnail: string } {
  return { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` };
}

function urlsOf(origin: string, userId: string): Record<string, string> {
  const rest = `${origin}/services/data/v{version}`;
  const soap = `${origin}/services/Soap`;
  const key = organizationId.slice(0, 15);
  return {
    enterprise: `${soap}/c/{version}/${key}`,
    metadata: `${soap}/m/{version}/${key}`,
    partner: `${soap}/u/{version}/${key}`,
    rest: `${rest}/`,
    sobjects: `${rest}/sobjects/`,
    search: `${rest}/search/`,
    query: `${rest}/query/`,
    recent: `${rest}/recent/`,
    profile: `${origin}/${userId}`,
    feeds: `${rest}/chatter/feeds`,
    groups: `${rest}/chatter/groups`,
    users: `${rest}/chatter/users`,
    feed_items: `${rest}/chatter/feed-items`,
    feed_elements: `${rest}/chatter/feed-elements`,
    custom_domain: origin,
  };
}

/** Standard-time offset in milliseconds; January, because that is what Salesforce reports all year in the north. */
function utcOffsetOf(timeZone: string): number {
  const january = new Date(Date.UTC(2026, 0, 15, 12));
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(january);
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/u.exec(parts.map(({ value }) => value).join('')) ?? [];
  const milliseconds = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -milliseconds : milliseconds;
}

/** `2026-01-31T10:00:00.000+0000` becomes `2026-01-31T10:00:00Z`. */
function isoDate(value: string | null | undefined): string {
  return `${(value ?? '').slice(0, 19)}Z`;
}
