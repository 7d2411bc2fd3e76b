/** What a search of the org finds, for the desktop's search bar and for Workspace Home. */
import { z } from '../zod.ts';

const raisedIntent = z.object({
  kind: z.literal('intent'),
  intent: z.string().min(1).max(200),
  context: z.looseObject({ type: z.string().min(1).max(200) }).describe('the FDC3 context'),
});
export const searchDeed = z
  .discriminatedUnion('kind', [
    raisedIntent.describe('raise this intent; `platform.raise` does it'),
    z.object({
      kind: z.literal('open'),
      url: z.string().describe('an https, mailto or tel address, which the page opens itself'),
    }),
    z.object({ kind: z.literal('signIn') }).describe('lead the person through signing in, then search again'),
    z.object({ kind: z.literal('again') }).describe('search again'),
  ])
  .meta({ id: 'SearchDeed', description: 'What is done when a person presses an action of something found.' });

const searchAction = z.object({
  name: z.string().describe('as a person reads it'),
  hotkey: z.string().optional().describe('such as `enter` or `Alt+C`'),
  icon: z.string().optional(),
  does: searchDeed,
});
export type SearchAction = z.infer<typeof searchAction>;

const cardField = z.object({
  label: z.string(),
  value: z.string(),
  form: z.enum(['text', 'memo', 'link']).describe('`memo`: over the whole width'),
  url: z.string().optional().describe('of a link'),
});
export type CardField = z.infer<typeof cardField>;

export const searchItem = z
  .object({
    key: z.string(),
    kind: z
      .enum(['record', 'signIn', 'failure'])
      .describe('a record, or why there is none: nobody is signed in, or the search has failed'),
    title: z.string(),
    subtitle: z.string().optional(),
    type: z.string().optional().describe('the object, e.g. `Contact`'),
    label: z.string().optional().describe('what the person calls the object'),
    icon: z.string().optional(),
    initials: z.string().optional(),
    image: z.string().optional(),
    fields: z.array(cardField),
    actions: z.array(searchAction).describe('the first is what Enter does'),
    score: z.number().describe('the lowest comes first'),
  })
  .meta({ id: 'SearchItem', description: 'Something that a search has found, or what stands in its way.' });
export type SearchItem = z.infer<typeof searchItem>;

export const searchRequest = z
  .object({
    query: z.string().max(500).describe('what the person has typed; empty: what they have viewed of late'),
    objects: z.array(z.string()).max(100).optional().describe('labels of the objects to search; left out, all'),
  })
  .describe('Searches as the person who is signed in. A later search of the same page ends the one before.');
export const searchReply = z.object({
  items: z.array(searchItem),
  objects: z.array(z.string()).describe('labels of the objects of which something was found'),
});
export type SearchReply = z.infer<typeof searchReply>;

export const raiseRequest = raisedIntent
  .omit({ kind: true })
  .describe('Does what an action of something found says. What goes wrong is told to the person by a notice.');
