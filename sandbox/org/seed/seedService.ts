import type { SeedContext } from './seedContext.ts';
import { contactsByAccount } from './seedDeals.ts';

const caseSubjects = [
  'Payment not credited',
  'Settlement instructions changed',
  'Fee statement query',
  'Portal access for new signatory',
  'Trade confirmation missing',
  'KYC documents expire',
  'Wrong FX rate applied',
  'Standing order cancelled',
  'Custody report late',
];
const taskSubjects = [
  'Call',
  'Send term sheet',
  'Prepare pitch book',
  'Follow up on mandate',
  'Update credit file',
  'Send research note',
  'Email: quarterly results',
];
const eventSubjects = [
  'Client meeting',
  'Treasury review',
  'Lunch',
  'Roadshow one-on-one',
  'Credit call',
  'Site visit',
];
const locations = ['Client office', 'Our office', 'Video call', 'Phone'];
const comments = [
  'Client asked for indicative pricing.',
  'Left a message.',
  'Discussed refinancing in the second half.',
  'Wants to meet the new treasurer.',
];

/** Service requests of the clients. */
export function seedCases(context: SeedContext): void {
  const { random } = context;
  const service = context.users.filter((user) => user.role === 'service');
  for (let serial = 0; serial < context.scaled(500); serial += 1) {
    const contact = random.pick(context.contacts);
    const ownerId = random.pick(service).id;
    const age = random.int(1, 400);
    const closed = age > 30 && random.chance(0.85);
    const id = context.insert('Case', {
      AccountId: contact.accountId,
      ContactId: contact.id,
      OwnerId: ownerId,
      Subject: random.pick(caseSubjects),
      Status: closed ? 'Closed' : random.pick(['New', 'Working', 'Escalated']),
      Priority: random.pick(['High', 'Medium', 'Medium', 'Low']),
      Origin: random.pick(['Phone', 'Email', 'Web', 'Chat']),
      Type: random.pick(['Question', 'Trade Break', 'Documentation', 'Payment Investigation']),
      Reason: random.pick(['Settlement', 'Static Data', 'Fees', 'Onboarding', 'Access']),
      Description: `${random.pick(comments)} Raised by ${contact.name}.`,
      CreatedDate: context.dateTime(-age),
      ClosedDate: closed ? context.dateTime(-age + random.int(1, 20)) : null,
      LastModifiedDate: context.dateTime(-age * random.next()),
    });
    context.cases.push({ id, accountId: contact.accountId, contactId: contact.id, ownerId });
  }
}

/** Who and what an activity is about: a deal with somebody of its account, an account, a case or a lead. */
function relations(
  context: SeedContext,
  contactsOf: Map<string, string[]>,
): { WhoId: string | null; WhatId: string | null; OwnerId: string } {
  const { random } = context;
  const kind = random.next();
  if (kind < 0.1) {
    const lead = random.pick(context.leads);
    return { WhoId: lead.id, WhatId: null, OwnerId: lead.ownerId };
  }
  if (kind < 0.2) {
    const one = random.pick(context.cases);
    return { WhoId: one.contactId, WhatId: one.id, OwnerId: one.ownerId };
  }
  if (kind < 0.55) {
    const deal = random.pick(context.opportunities);
    const people = contactsOf.get(deal.accountId) ?? [];
    return { WhoId: people.length > 0 ? random.pick(people) : null, WhatId: deal.id, OwnerId: deal.ownerId };
  }
  const contact = random.pick(context.contacts);
  return { WhoId: contact.id, WhatId: random.chance(0.8) ? contact.accountId : null, OwnerId: contact.ownerId };
}

/** To-dos and logged calls, overdue ones among them. */
export function seedTasks(context: SeedContext): void {
  const { random } = context;
  const contactsOf = contactsByAccount(context);
  for (let serial = 0; serial < context.scaled(1500); serial += 1) {
    const due = random.int(-200, 40);
    const done = due < 0 && random.chance(0.85);
    const subject = random.pick(taskSubjects);
    const subtype = subject === 'Call' ? 'Call' : subject.startsWith('Email') ? 'Email' : 'Task';
    const created = due - random.int(1, 30);
    context.insert('Task', {
      ...relations(context, contactsOf),
      Subject: subject,
      TaskSubtype: subtype,
      CallType: subtype === 'Call' ? random.pick(['Inbound', 'Outbound']) : null,
      CallDurationInSeconds: subtype === 'Call' && done ? random.int(30, 2400) : null,
      ActivityDate: random.chance(0.95) ? context.date(due) : null,
      Status: done ? 'Completed' : random.pick(['Not Started', 'In Progress', 'Waiting on someone else']),
      Priority: random.pick(['High', 'Normal', 'Normal', 'Normal', 'Low']),
      Description: random.chance(0.4) ? random.pick(comments) : null,
      CompletedDateTime: done ? context.dateTime(due) : null,
      CreatedDate: context.dateTime(Math.min(created, -0.1)),
    });
  }
}

/** Meetings, past and planned. */
export function seedEvents(context: SeedContext): void {
  const { random } = context;
  const contactsOf = contactsByAccount(context);
  for (let serial = 0; serial < context.scaled(800); serial += 1) {
    const day = random.int(-250, 60);
    const date = context.date(day);
    const allDay = random.chance(0.05);
    const start = `${date}T${allDay ? '00:00' : `${String(random.int(7, 17)).padStart(2, '0')}:${random.pick(['00', '30'])}`}:00.000+0000`;
    context.insert('Event', {
      ...relations(context, contactsOf),
      Subject: random.pick(eventSubjects),
      Location: random.pick(locations),
      StartDateTime: start,
      DurationInMinutes: allDay ? 1440 : random.pick([30, 45, 60, 90]),
      IsAllDayEvent: allDay,
      ShowAs: random.pick(['Busy', 'Busy', 'Free']),
      Description: random.chance(0.3) ? random.pick(comments) : null,
      CreatedDate: context.dateTime(Math.min(day, 0) - random.int(1, 40)),
    });
  }
}

/** Notes and posts on accounts and deals, and notes of the people themselves. */
export function seedNotes(context: SeedContext): void {
  const { random } = context;
  for (let serial = 0; serial < context.scaled(200); serial += 1) {
    const account = random.pick(context.accounts);
    const created = context.dateTime(-random.int(1, 300));
    context.insert('Note', {
      ParentId: account.id,
      Title: `${random.pick(eventSubjects)} with ${account.name}`.slice(0, 80),
      Body: random.pick(comments),
      OwnerId: account.ownerId,
      CreatedDate: created,
    });
    const deal = random.pick(context.opportunities);
    context.insert('FeedItem', {
      ParentId: random.chance(0.5) ? deal.id : account.id,
      Type: 'TextPost',
      Body: `<p>${random.pick(comments)}</p>`,
      CreatedById: deal.ownerId,
      CreatedDate: created,
    });
    if (serial % 4 === 0) {
      const content = Buffer.from(`<p>${random.pick(comments)}</p>`).toString('base64');
      context.insert('ContentNote', {
        Title: `Notes: ${account.name}`.slice(0, 255),
        Content: content,
        OwnerId: random.pick(context.users).id,
        CreatedDate: created,
      });
    }
  }
}
