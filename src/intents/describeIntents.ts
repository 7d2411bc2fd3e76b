import { mappedIntents, type ListMapping, type MappedIntentName, type MappedLists } from './mappedLists.ts';

/**
 * The intents this provider answers, as an FDC3 app directory lists them under `interop.intents.listensFor`. The
 * handlers and the directory record are both made from this table.
 */
export const intentDescriptions = {
  ViewContact: { contexts: ['fdc3.contact', 'fdc3.contactList'], resultType: 'fdc3.contact' },
  ViewAccount: { contexts: ['fdc3.organization', 'fdc3.instrument', 'fdc3.contact'], resultType: 'fdc3.organization' },
  /**
   * The standard's intent for both objects. Its result has the type of the context given, so no single result type is
   * declared.
   */
  ViewProfile: { contexts: ['fdc3.contact', 'fdc3.organization'] },
  /** The standard's contexts, and the list that `ViewContact` takes too; the result as that of `ViewProfile`. */
  ViewInteractions: { contexts: ['fdc3.contact', 'fdc3.organization', 'fdc3.instrument', 'fdc3.contactList'] },
  /** As far as a CRM answers them: the number or address is found and handed on, and the person may log it. */
  StartCall: { contexts: ['fdc3.contact', 'fdc3.contactList'], resultType: 'fdc3.contact' },
  StartEmail: { contexts: ['fdc3.email', 'fdc3.contact', 'fdc3.contactList'], resultType: 'fdc3.email' },
  /** Any record of any object; the name is qualified, as FDC3 asks of intents that are not its own. */
  'salesforce.ViewRecord': { contexts: ['salesforce.record'], resultType: 'salesforce.record' },
  /** The standard has an interaction and a list; one contact is a list of one. */
  CreateInteraction: {
    contexts: ['fdc3.interaction', 'fdc3.contactList', 'fdc3.contact'],
    resultType: 'fdc3.transactionResult',
  },
  CreateOrUpdateProfile: { contexts: ['fdc3.contact', 'fdc3.organization'], resultType: 'fdc3.transactionResult' },
} as const;

export type IntentName = keyof typeof intentDescriptions | MappedIntentName;

export interface IntentDescription {
  contexts: string[];
  resultType?: string;
}

/**
 * The table as plain data, ready for an app directory record.
 *
 * @param lists what `ViewOrders` and `ViewHoldings` are mapped to; an intent that is mapped to nothing is not declared
 */
export function describeIntents(lists: MappedLists = {}): Partial<Record<IntentName, IntentDescription>> {
  const mapped = mappedIntents.flatMap((name) => {
    const mapping = lists[name];
    return mapping ? [[name, describeMapped(mapping)] as const] : [];
  });
  return {
    ...(structuredClone(intentDescriptions) as unknown as Record<keyof typeof intentDescriptions, IntentDescription>),
    ...Object.fromEntries(mapped),
  };
}

/** A contact is taken in any case: where only accounts have such rows, those of the contact's account are shown. */
function describeMapped({ Account, Contact }: ListMapping): IntentDescription {
  const contexts = ['fdc3.contact', ...(Account === undefined ? [] : ['fdc3.organization', 'fdc3.instrument'])];
  if (Account !== undefined && Contact !== undefined) return { contexts };
  return { contexts, resultType: Account === undefined ? 'fdc3.contact' : 'fdc3.organization' };
}
