/** Sample conversations. They mention people and companies; nothing here knows of Salesforce. */
import type { Context } from '@finos/fdc3';

export interface Mention {
  label: string;
  context: Context;
}

export interface Message {
  from: string;
  at: string;
  text: string;
  mentions: Mention[];
}

export interface Conversation {
  id: string;
  title: string;
  messages: Message[];
}

const person = (name: string, email?: string): Mention => ({
  label: name,
  context: { type: 'fdc3.contact', name, id: email === undefined ? {} : { email } },
});
const company = (name: string): Mention => ({
  label: name,
  context: { type: 'fdc3.organization', name, id: { name } },
});
const everyone = (label: string, ...people: Mention[]): Mention => ({
  label,
  context: { type: 'fdc3.contactList', name: label, contacts: people.map(({ context }) => context) },
});

const tim = person('Tim Barr', 'barr_tim@grandhotels.com');
const john = person('John Bond', 'bond_john@grandhotels.com');

export const conversations: Conversation[] = [
  {
    id: 'hotels',
    title: 'Grand Hotels refinancing',
    messages: [
      {
        from: 'Priya',
        at: '09:12',
        text: 'Tim called: Grand Hotels wants the term sheet before Thursday.',
        mentions: [tim, company('Grand Hotels & Resorts Ltd')],
      },
      {
        from: 'Tom',
        at: '09:14',
        text: 'John has to agree to the covenants as well. Let us prepare both.',
        mentions: [john, everyone('Tim and John', tim, john)],
      },
    ],
  },
  {
    id: 'dickenson',
    title: 'Dickenson cash management',
    messages: [
      {
        from: 'Marc',
        at: '10:31',
        text: 'Dickenson plc asked for a second account in Chicago.',
        mentions: [company('Dickenson plc')],
      },
      {
        from: 'Priya',
        at: '10:40',
        text: 'Andy will know the volumes.',
        mentions: [person('Andy Young', 'a_young@dickenson.com')],
      },
    ],
  },
  {
    id: 'hard',
    title: 'Who was that?',
    messages: [
      { from: 'Tom', at: '11:02', text: 'A Mr Smith left a message, no company given.', mentions: [person('Smith')] },
      {
        from: 'Marc',
        at: '11:05',
        text: 'And I met Zora Quillfeather of Moonbeam Widgets, who is new to us.',
        mentions: [person('Zora Quillfeather', 'zora@moonbeam.example'), company('Moonbeam Widgets')],
      },
    ],
  },
];
