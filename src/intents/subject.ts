import type { Context } from '@finos/fdc3';
import {
  contactContext,
  contactListContext,
  emailContext,
  instrumentContext,
  organizationContext,
  recordContext,
} from './contexts.ts';
import { interactionContext } from './interactionContext.ts';
import type { FailedIntent } from './intentServices.ts';
import type { IntentName } from './describeIntents.ts';
import { z } from '../zod.ts';

/** Longest name that goes into a sentence. It comes from an app's context, and could be of any length. */
const LONGEST_NAME = 80;

function named(what: string, name: string | undefined): string {
  // Control characters and those that change the direction of text could make the sentence read as another one.
  const line = (name ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const shown = [...line].length > LONGEST_NAME ? `${[...line].slice(0, LONGEST_NAME).join('')}…` : line;
  return shown === '' ? `a${/^[aeiou]/.test(what) ? 'n' : ''} ${what}` : `the ${what} “${shown}”`;
}

function interactionIn(context: Context): string {
  const interaction = interactionContext.safeParse(context);
  return named('interaction', interaction.success ? interaction.data.name || interaction.data.description : undefined);
}

/**
 * What an intent was about, in words for a person, as far as its context can be read.
 *
 * @returns Words for a sentence, and what could be searched for instead.
 */
export function subjectOf(intent: IntentName, context: Context): Pick<FailedIntent, 'verb' | 'subject' | 'search'> {
  return { verb: verbs[intent] ?? 'show', ...aboutOf(intent, context) };
}

const verbs: Partial<Record<IntentName, string>> = {
  ViewInteractions: 'show the interactions with',
  ViewOrders: 'show the orders of',
  ViewHoldings: 'show the holdings of',
  StartCall: 'call',
  StartEmail: 'e-mail',
  CreateInteraction: 'write down',
  CreateOrUpdateProfile: 'update',
};

function aboutOf(intent: IntentName, context: Context): Pick<FailedIntent, 'subject' | 'search'> {
  const email = emailContext.safeParse(context);
  if (email.success) return aboutOf(intent, email.data.recipients as Context);
  const record = recordContext.safeParse(context);
  if (record.success) {
    const { name, objectType } = record.data;
    const isCompany = objectType === 'Account';
    return { subject: named('record', name), search: { type: isCompany ? 'Account' : 'Contact', query: name ?? '' } };
  }
  if (intent === 'CreateInteraction')
    return { subject: interactionIn(context), search: { type: 'Contact', query: '' } };
  const organization = z.union([organizationContext, instrumentContext]).safeParse(context);
  if (organization.success && intent !== 'ViewContact') {
    const { name } = organization.data;
    return { subject: named('account', name), search: { type: 'Account', query: name ?? '' } };
  }
  const contact = contactContext.safeParse(context);
  if (contact.success && intent === 'ViewAccount') {
    const company = contact.data.company?.name;
    return {
      subject: company ? named('account', company) : named('account of the contact', contact.data.name),
      search: { type: 'Account', query: company ?? '' },
    };
  }
  if (contact.success) {
    const name = contact.data.name || contact.data.id.email;
    return { subject: named('contact', name), search: { type: 'Contact', query: name ?? '' } };
  }
  const list = contactListContext.safeParse(context);
  if (list.success)
    return { subject: named('contact of a list', list.data.name), search: { type: 'Contact', query: '' } };
  const type = intent === 'ViewAccount' ? 'Account' : 'Contact';
  return { subject: named(type.toLowerCase(), undefined), search: { type, query: '' } };
}
