import type { Context } from 'koa';
import type { OrgSettings } from '../../orgOptions.ts';

/**
 * Answers with one of the org's pages: never framed, never stored, nothing from elsewhere.
 * @param formTarget Origin a form may end up at after the org's redirects (the app's callback).
 */
export function sendPage(ctx: Context, settings: OrgSettings, body: string, formTarget?: string): void {
  ctx.type = 'html';
  ctx.body = body;
  const formAction = formTarget === undefined ? "'self'" : `'self' ${formTarget}`;
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action ${formAction}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
  );
  ctx.set('X-Frame-Options', 'DENY');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.set('Cache-Control', 'no-cache,must-revalidate,max-age=0,no-store,private');
  if (settings.loginCoop !== undefined) ctx.set('Cross-Origin-Opener-Policy', settings.loginCoop);
}
