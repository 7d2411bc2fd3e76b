import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { readForm } from '../oauth/formBody.ts';
import type { SingleSignOn } from '../oauth/singleSignOn.ts';
import type { UserDirectory } from '../oauth/userDirectory.ts';
import { html, type Html } from '../oauth/pages/html.ts';

const styleSheet = `
body { margin: 15vh auto; width: fit-content; padding: 2rem; background: #10243e; color: #fff; font: 1.125rem Georgia, serif }
button { width: 100%; padding: 0.75rem 1.5rem; font: inherit; cursor: pointer }
`;

/**
 * The company's identity provider, on an origin of its own: shows who can sign in, and sends the chosen person back to
 * the org. Its pages do not look like the org's.
 */
export function createIdentityProvider(sso: SingleSignOn, users: UserDirectory): Koa {
  const router = new Router();
  router.get('/sso', (ctx) => {
    const id = String(ctx.query['request']);
    const request = sso.request(id);
    if (!request) return show(ctx, html`<h1>This sign-in is over</h1><p>Go back to the app and begin again.</p>`, 400);
    const people = users
      .all()
      .map(
        ({ username, firstName, lastName }) =>
          html`<p><button name="username" value="${username}">${firstName} ${lastName}</button></p>`,
      );
    const page = html`<h1>Who is at the desk?</h1>
      <form method="post" action="/sso"><input type="hidden" name="request" value="${id}">${people}</form>`;
    return show(ctx, page, 200, new URL(request.returnUrl).origin);
  });
  router.post('/sso', async (ctx) => {
    const form = await readForm(ctx);
    const target = sso.vouch(form.get('request') ?? '', form.get('username') ?? '');
    if (target === undefined) return show(ctx, html`<h1>This sign-in is over</h1>`, 400);
    ctx.redirect(target);
    ctx.status = 303;
    return undefined;
  });
  router.get('/sso.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = styleSheet;
  });
  const app = new Koa();
  app.use(router.routes());
  return app;
}

function show(ctx: Context, body: Html, status: number, formTarget = "'none'"): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'self'; form-action 'self' ${formTarget}; frame-ancestors 'none'`,
  );
  ctx.set('Cache-Control', 'no-store');
  ctx.body = html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Northbridge workforce identity</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/sso.css"></head>
  <body>${body}</body>
</html>
`.text;
}
