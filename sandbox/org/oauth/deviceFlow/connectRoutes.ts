import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import { publicOriginOf } from '../../publicOrigin.ts';
import { userIdOfAccount } from '../accountId.ts';
import { readForm } from '../formBody.ts';
import type { OAuthState } from '../oauthState.ts';
import { connectPage } from '../pages/connectPage.ts';
import { messagePage } from '../pages/messagePage.ts';
import { sendPage } from '../pages/sendPage.ts';
import type { DeviceRequest } from './deviceRequests.ts';

/** Where a person types the code their device shows. */
export const connectPath = '/setup/connect';

/** Callback of every app with the device flow: the org itself, which tells the waiting device. */
export const connectedPath = `${connectPath}/approved`;

/**
 * The pages of the device flow. Once the code is known, the person goes through login and approval like anybody whom an
 * app has sent; only that the org itself receives the outcome.
 */
export function createConnectRoutes({ devices, settings, tokens }: OAuthState): Router {
  const underway = new Map<string, DeviceRequest>();
  const router = new Router();

  router.get(connectPath, (ctx) => {
    const code = ctx.query['user_code'];
    sendPage(ctx, settings, connectPage({ action: connectPath, userCode: typeof code === 'string' ? code : '' }));
  });

  router.post(connectPath, async (ctx) => {
    const userCode = (await readForm(ctx)).get('user_code') ?? '';
    const request = devices.waiting(userCode);
    if (!request) {
      const message = 'That code is not valid, or its time is over. Look at your device again.';
      return sendPage(ctx, settings, connectPage({ action: connectPath, userCode, message }));
    }
    const state = randomBytes(24).toString('base64url');
    underway.set(state, request);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: request.consumerKey,
      redirect_uri: publicOriginOf(ctx) + connectedPath,
      scope: request.scopes.join(' '),
      prompt: 'consent',
      // Nobody redeems the code, so nobody needs to know the verifier.
      code_challenge: randomBytes(32).toString('base64url'),
      state,
    });
    ctx.redirect(`/services/oauth2/authorize?${query.toString()}`);
    ctx.status = 303;
    return undefined;
  });

  router.get(connectedPath, (ctx) => {
    const { code, error, error_description: description, state } = ctx.query;
    const request = underway.get(String(state));
    const approval = tokens.authorizationCode(String(code));
    underway.delete(String(state));
    if (approval?.grantId !== undefined) tokens.revokeGrant(approval.grantId);
    if (!request || devices.waiting(request.userCode) !== request) {
      ctx.status = 400;
      return sendPage(
        ctx,
        settings,
        messagePage('Not connected', 'The time for this code is over. Begin again on your device.'),
      );
    }
    if (approval?.accountId !== undefined && approval.clientId === request.consumerKey) {
      request.state = { approvedBy: userIdOfAccount(approval.accountId) };
      return sendPage(
        ctx,
        settings,
        messagePage('You’re connected', 'Your device can now use this org. You can close this window.'),
      );
    }
    request.state = 'denied';
    const reason = error === 'access_denied' ? undefined : [error, description].flat().filter(Boolean).join(': ');
    return sendPage(ctx, settings, messagePage('Not connected', 'Your device cannot use this org.', reason));
  });

  return router;
}
