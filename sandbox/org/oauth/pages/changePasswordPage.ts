import { html } from './html.ts';
import { page } from './layout.ts';

export interface ChangePasswordPageContent {
  action: string;
  csrfToken: string;
  username: string;
  message: string | undefined;
}

/** Asks for a new password because the old one has expired. Field ids are those of Salesforce's own page. */
export function changePasswordPage({ action, csrfToken, username, message }: ChangePasswordPageContent): string {
  const card = html`
    <h1>Change your password</h1>
    <p class="lead">The password of <strong>${username}</strong> has expired.</p>
    ${message !== undefined && html`<div class="error" id="error" role="alert">${message}</div>`}
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <input type="text" name="username" value="${username}" autocomplete="username" readonly hidden>
      <label for="newpassword">New password</label>
      <input id="newpassword" name="newpassword" type="password" autocomplete="new-password" required autofocus>
      <label for="confirmpassword">The same again</label>
      <input id="confirmpassword" name="confirmpassword" type="password" autocomplete="new-password" required>
      <button type="submit" id="password-button" class="primary">Change password</button>
    </form>
    <p class="muted">At least eight characters, with a letter and a digit.</p>`;
  return page('Change your password', card);
}
