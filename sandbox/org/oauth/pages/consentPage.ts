import type { DemoUser } from '../../seed/demoUsers.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

export interface ConsentPageContent {
  action: string;
  csrfToken: string;
  appName: string;
  scopeSentences: readonly string[];
  user: Pick<DemoUser, 'firstName' | 'lastName' | 'username'>;
}

/** The approval page. Button ids are those of Salesforce's own page. */
export function consentPage({ action, csrfToken, appName, scopeSentences, user }: ConsentPageContent): string {
  const card = html`
    <h1>Allow access?</h1>
    <p class="lead"><strong>${appName}</strong> asks to:</p>
    <ul class="scopes">${scopeSentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    <p>Signed in as <strong>${user.firstName} ${user.lastName}</strong> <span class="muted">${user.username}</span></p>
    <form method="post" action="${action}" class="choice">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <button type="submit" id="oadeny" name="decision" value="deny">Deny</button>
      <button type="submit" id="oaapprove" name="decision" value="allow" class="primary" autofocus>Allow</button>
    </form>
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <p class="muted">Not you? <button type="submit" id="oaswitch" name="decision" value="switch" class="link">Use another
        account</button></p>
    </form>
    <p class="muted">You can take this permission back at any time.</p>`;
  return page('Allow access?', card);
}
