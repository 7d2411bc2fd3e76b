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
const company = (name: string): Mention => ({ label: name, context: { type: 'fdc3.organization', name, id: { name } } });
const everyone = (label: string, ...people: Mention[]): Mention => ({
  label,
  context: { type: 'fdc3.contactList', name: label, contacts: people.map(({ context }) => context) },
});

const rose = person('Rose Gonzalez', 'rose@edge.com');
const sean = person('Sean Forbes', 'sean@edge.com');

export const conversations: Conversation[] = [
  {
    id: 'edge', title: 'Edge refinancing',
    messages: [
      { from: 'Priya', at: '09:12', text: 'Rose called: they want the term sheet before Thursday.', mentions: [rose, company('Edge Communications')] },
      { from: 'Tom', at: '09:14', text: 'Sean has to sign it off as well. Let us prepare both.', mentions: [sean, everyone('Rose and Sean', rose, sean)] },
    ],
  },
  {
    id: 'oil', title: 'Energy coverage',
    messages: [
      { from: 'Marc', at: '10:31', text: 'United Oil & Gas asked for a hedge on the Singapore deliveries.', mentions: [company('United Oil & Gas')] },
      { from: 'Priya', at: '10:40', text: 'Arthur will know the volumes.', mentions: [person('Arthur Song', 'asong@uog.com')] },
    ],
  },
  {
    id: 'hard', title: 'Who was that?',
    messages: [
      { from: 'Tom', at: '11:02', text: 'A Mr Smith left a message, no company given.', mentions: [person('Smith')] },
      { from: 'Marc', at: '11:05', text: 'And I met Zora Quillfeather of Moonbeam Widgets, who is new to us.', mentions: [person('Zora Quillfeather', 'zora@moonbeam.example'), company('Moonbeam Widgets')] },
    ],
  },
];
