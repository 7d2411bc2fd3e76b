import type { Middleware } from 'koa';
import { messagePage } from './oauth/pages/messagePage.ts';
import { sendPage } from './oauth/pages/sendPage.ts';
import type { OrgSettings } from './orgOptions.ts';

/** Last of all: what nobody answers is a page that does not exist, which Salesforce says with an HTML page. */
export function createPageNotFound(settings: OrgSettings): Middleware {
  return (ctx) => {
    const text = 'You have attempted to reach a URL that does not exist in this embedded org.';
    sendPage(ctx, settings, messagePage('URL No Longer Exists', text, `${ctx.method} ${ctx.path}`));
    ctx.status = 404;
  };
}
