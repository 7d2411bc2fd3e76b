import type { Context } from '@finos/fdc3';
import { myDomainOf, normalizeOrgUrl } from '../salesforce/myDomain.ts';
import { z } from '../zod.ts';
import {
  contactContext,
  contactListContext,
  emailContext,
  instrumentContext,
  organizationContext,
  recordContext,
} from './contexts.ts';
import { interactionContext } from './interactionContext.ts';

const anyContext = z.discriminatedUnion('type', [
  contactContext,
  contactListContext,
  emailContext,
  organizationContext,
  instrumentContext,
  recordContext,
  interactionContext,
]);

function linksIn(context: z.output<typeof anyContext>): string[] {
  switch (context.type) {
    case 'fdc3.contactList':
      return context.contacts.flatMap(linksIn);
    case 'fdc3.interaction':
      return [...(context.id.URI === undefined ? [] : [context.id.URI]), ...linksIn(context.participants)];
    case 'fdc3.email':
      return linksIn(context.recipients);
    case 'fdc3.contact':
      return [context.id.URI, context.company?.id?.URI].filter((link) => link !== undefined);
    case 'fdc3.organization':
    case 'fdc3.instrument':
    case 'salesforce.record':
      return context.id.URI === undefined ? [] : [context.id.URI];
  }
}

/**
 * The orgs that a context names by its links (`id.URI`, to a record or to the org itself); for a link to a Lightning
 * page that is the My Domain of the page. A record id alone names no org, as a sandbox has the ids of the org that it
 * was copied from.
 *
 * @returns Origins, each once, in the order of the context. Origins that are no org are among them, and match none.
 */
export function orgsInContext(context: Context): string[] {
  const known = anyContext.safeParse(context);
  return known.success
    ? [...new Set(linksIn(known.data).map((link) => myDomainOf(link) ?? normalizeOrgUrl(link)))]
    : [];
}
