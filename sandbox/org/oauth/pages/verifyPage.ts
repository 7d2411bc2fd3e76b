import { html } from './html.ts';
import { page } from './layout.ts';

export interface VerifyPageContent {
  action: string;
  csrfToken: string;
  username: string;
  code: string;
  message: string | undefined;
}

/** Asks for the code on the user's own device, which a sample org has to show itself. Field ids are Salesforce's. */
export function verifyPage({ action, csrfToken, username, code, message }: VerifyPageContent): string {
  const card = html`
    <h1>Verify your identity</h1>
    <p class="lead">to continue as <strong>${username}</strong></p>
    ${message !== undefined && html`<div class="error" id="error" role="alert">${message}</div>`}
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <label for="emc">Verification code</label>
      <input id="emc" name="emc" type="text" inputmode="numeric" autocomplete="one-time-code" autofocus>
      <div class="choice first-is-right">
        <button type="submit" id="save" name="decision" value="verify" class="primary">Verify</button>
        <button type="submit" name="decision" value="cancel">Cancel</button>
      </div>
    </form>
    <section class="demo" aria-labelledby="demo-heading">
      <h2 id="demo-heading">On this person’s phone</h2>
      <code id="demo-code">${code}</code>
    </section>`;
  return page('Verify your identity', card);
}
