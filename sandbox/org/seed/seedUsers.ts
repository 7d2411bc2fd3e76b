import { organizationId, organizationName } from '../organization.ts';
import { demoUsers } from './demoUsers.ts';
import type { SeedContext } from './seedContext.ts';

interface Person {
  username: string;
  firstName: string;
  lastName: string;
  role: SeedContext['users'][number]['role'];
  region: 'Americas' | 'EMEA' | 'APAC';
  title: string;
}

const domain = 'northbridge.example';
const regionOf: Record<string, Person['region']> = { 'sam.locked': 'APAC' };
const titleOf = {
  administrator: 'CRM Platform Owner',
  banker: 'Director, Coverage',
  service: 'Client Service Manager',
} as const;

const colleagues: [firstName: string, lastName: string, role: Person['role'], region: Person['region']][] = [
  ['Ingrid', 'Larsen', 'banker', 'EMEA'],
  ['Marcus', 'Bell', 'banker', 'Americas'],
  ['Sofia', 'Ramirez', 'banker', 'Americas'],
  ['Kenji', 'Watanabe', 'banker', 'APAC'],
  ['Priya', 'Nair', 'banker', 'APAC'],
  ['Henrik', 'Voss', 'banker', 'EMEA'],
  ['Claire', 'Dumont', 'service', 'EMEA'],
  ['Tyler', 'Brooks', 'service', 'Americas'],
  ['Mei', 'Lin', 'service', 'APAC'],
];

function people(): Person[] {
  const demo = demoUsers.map((user): Person => {
    const region = regionOf[user.username.split('@')[0] ?? ''] ?? 'EMEA';
    return {
      username: user.username,
      firstName: user.firstName,
      lastName: user.lastName,
      role: user.profile,
      region,
      title: titleOf[user.profile],
    };
  });
  const others = colleagues.map(([firstName, lastName, role, region]): Person => {
    const username = `${firstName}.${lastName}@${domain}`.toLowerCase();
    return { username, firstName, lastName, role, region, title: titleOf[role] };
  });
  return [...demo, ...others];
}

const offices = {
  EMEA: {
    street: '12 Bank Street',
    city: 'London',
    state: null,
    country: 'United Kingdom',
    postalCode: 'E14 5JP',
    zone: 'Europe/London',
    locale: 'en_GB',
    dialling: '+44 20 7946',
  },
  Americas: {
    street: '200 Liberty Street',
    city: 'New York',
    state: 'NY',
    country: 'United States',
    postalCode: '10281',
    zone: 'America/New_York',
    locale: 'en_US',
    dialling: '+1 212 555',
  },
  APAC: {
    street: '8 Marina View',
    city: 'Singapore',
    state: null,
    country: 'Singapore',
    postalCode: '018960',
    zone: 'Asia/Singapore',
    locale: 'en_SG',
    dialling: '+65 6555',
  },
} as const;

function seedUser(
  context: SeedContext,
  person: Person,
  index: number,
  profiles: Record<string, string>,
  roles: Record<string, string>,
): void {
  const office = offices[person.region];
  const [alias = ''] = person.username.split('@');
  const id = context.insert('User', {
    Username: person.username,
    FirstName: person.firstName,
    LastName: person.lastName,
    Email: person.username,
    Alias: `${person.firstName.charAt(0)}${person.lastName}`.toLowerCase().slice(0, 8),
    CommunityNickname: alias,
    ProfileId: profiles[person.role] ?? null,
    UserRoleId: roles[person.role === 'administrator' ? 'Global' : person.region] ?? null,
    Title: person.title,
    Department:
      person.role === 'administrator'
        ? 'Technology'
        : person.role === 'banker'
          ? 'Corporate Coverage'
          : 'Client Service',
    Division: person.region,
    CompanyName: organizationName,
    Phone: `${office.dialling} ${String(100 + index).padStart(4, '0')}`,
    Street: office.street,
    City: office.city,
    State: office.state,
    Country: office.country,
    PostalCode: office.postalCode,
    TimeZoneSidKey: office.zone,
    LocaleSidKey: office.locale,
    EmployeeNumber: String(4100 + index),
    ManagerId: person.role === 'administrator' ? null : (context.users[0]?.id ?? null),
    FederationIdentifier: person.username,
    IsActive: true,
    ForecastEnabled: person.role === 'banker',
    ReceivesAdminInfoEmails: person.role === 'administrator',
    ReceivesInfoEmails: true,
    UserPreferencesLightningExperiencePreferred: true,
    UserPreferencesActivityRemindersPopup: true,
    UserPreferencesEventRemindersCheckboxDefault: true,
    UserPreferencesTaskRemindersCheckboxDefault: true,
    NumberOfFailedLogins: 0,
    LastLoginDate: context.dateTime(-1 - index / 10),
    CreatedDate: context.dateTime(-900),
  });
  context.users.push({ id, region: person.region, role: person.role });
}

/**
 * The org, its profiles and roles, and everybody who works in it: the demo users first, so that their ids never change.
 */
export function seedUsers(context: SeedContext): void {
  const everybody = people();
  const profile = (name: string, description: string): string =>
    context.insert('Profile', {
      Name: name,
      UserType: 'Standard',
      Description: description,
      CreatedDate: context.dateTime(-1000),
      CreatedById: firstUserId,
    });
  const role = (name: string, parent: string | null): string =>
    context.insert('UserRole', {
      Name: name,
      DeveloperName: name.replaceAll(/\W+/g, '_'),
      ParentRoleId: parent,
      CreatedDate: context.dateTime(-1000),
      CreatedById: firstUserId,
    });
  const firstUserId = context.firstId('User');
  const profiles = {
    administrator: profile('System Administrator', 'Sees and changes everything.'),
    banker: profile('Coverage Banker', 'Sees the own region and covered clients; reads accounts.'),
    service: profile('Client Service', 'Works on cases.'),
  };
  const global = role('Global Head of Coverage', null);
  const roles = {
    Global: global,
    EMEA: role('EMEA Coverage', global),
    Americas: role('Americas Coverage', global),
    APAC: role('APAC Coverage', global),
  };
  everybody.forEach((person, index) => seedUser(context, person, index, profiles, roles));
  context.insert('Organization', {
    Id: organizationId,
    Name: organizationName,
    Street: offices.EMEA.street,
    City: offices.EMEA.city,
    Country: offices.EMEA.country,
    PostalCode: offices.EMEA.postalCode,
    PrimaryContact: `${everybody[0]?.firstName} ${everybody[0]?.lastName}`,
    DefaultLocaleSidKey: 'en_GB',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: 'Europe/London',
    FiscalYearStartMonth: 1,
    InstanceName: 'NB1',
    OrganizationType: 'Enterprise Edition',
    CreatedDate: context.dateTime(-1000),
  });
}
