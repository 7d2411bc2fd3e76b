import type { Middleware } from 'koa';
import { recordIdFromLink } from '../../../src/salesforce/apiPaths.ts';
import { messagePage } from '../oauth/pages/messagePage.ts';
import { sendPage } from '../oauth/pages/sendPage.ts';
import type { OrgSettings } from '../orgOptions.ts';
import { publicOriginOf } from '../publicOrigin.ts';

/**
 * Where links to a record lead. The embedded org has no Lightning Experience, and says so instead of answering 404 to a
 * link that works in a real org. It shows no data, as nobody is asked to log in.
 */
export function createLightningPage(settings: OrgSettings): Middleware {
  return async (ctx, next) => {
    const id = ctx.method === 'GET' ? recordIdFromLink(publicOriginOf(ctx) + ctx.path) : undefined;
    if (id === undefined) return next();
    const text =
      'In your own org this link opens the record in Lightning Experience. The embedded org has no such pages.';
    sendPage(ctx, settings, messagePage('Record in Salesforce', text, id));
  };
}
