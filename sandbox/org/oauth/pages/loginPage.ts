import type { DemoUser } from '../../seed/demoUsers.ts';
import { html, type Html } from './html.ts';
import { page } from './layout.ts';

export interface LoginPageContent {
  action: string;
  csrfToken: string;
  appName: string;
  username: string;
  message: string | undefined;
  demoUsers: readonly PageUser[];
  /** The user already signed in, offered when the app asked to choose an account. */
  signedInAs: PageUser | undefined;
  /** Where single sign-on begins, when the org offers it. */
  ssoUrl: string | undefined;
}

type PageUser = Omit<DemoUser, 'locked'>;

/** The org's login page. Field ids are those of Salesforce's own page, so that scripts made for it work. */
export function loginPage(content: LoginPageContent): string {
  const { action, csrfToken, appName, username, message, signedInAs } = content;
  const card = html`
    <h1>Log in</h1>
    <p class="lead">to continue to <strong>${appName}</strong></p>
    ${message !== undefined && html`<div class="error" id="error" role="alert">${message}</div>`}
    ${signedInAs && continueForm(content, signedInAs)}
    <form method="post" action="${action}" id="login_form">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <label for="username">Username</label>
      <input id="username" name="username" type="text" inputmode="email" autocomplete="username" autocapitalize="none"
        spellcheck="false" required value="${username}"${username === '' && html` autofocus`}
        ${message !== undefined && html`aria-describedby="error"`}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required
        ${username !== '' && html` autofocus`}>
      <button type="submit" id="Login" class="primary">Log in</button>
    </form>
    ${content.ssoUrl !== undefined && html`<p><a id="sso" href="${content.ssoUrl}">Log in with your company account</a></p>`}
    ${demoUserList(content.demoUsers)}`;
  return page('Log in', card, { script: '/_ui/login.js' });
}

function continueForm({ action, csrfToken }: LoginPageContent, user: PageUser): Html {
  return html`
    <form method="post" action="${action}" class="continue">
      <input type="hidden" name="csrf" value="${csrfToken}">
      <button type="submit" name="continue" value="${user.username}" class="account">
        <strong>${user.firstName} ${user.lastName}</strong><span>${user.username}</span>
      </button>
    </form>
    <p class="divider">or use another account</p>`;
}

function demoUserList(users: readonly PageUser[]): Html {
  return html`
    <section class="demo" aria-labelledby="demo-heading">
      <h2 id="demo-heading">People in this sample org</h2>
      <ul>
        ${users.map(
          (user) => html`
        <li>
          <div>
            <strong>${user.firstName} ${user.lastName}</strong>, ${user.profile}
            <code>${user.username}</code>
            <code>${user.password}</code>
          </div>
          <button type="button" data-username="${user.username}" data-password="${user.password}"
            aria-label="Use ${user.firstName} ${user.lastName}">Use</button>
        </li>`,
        )}
      </ul>
    </section>`;
}
