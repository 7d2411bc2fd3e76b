import { html } from './html.ts';
import { page } from './layout.ts';

export interface ConnectPageContent {
  action: string;
  userCode: string;
  message?: string;
}

/** Asks for the code a device shows. */
export function connectPage({ action, userCode, message }: ConnectPageContent): string {
  const card = html`
    <h1>Connect a device</h1>
    <p class="lead">Enter the code your device shows.</p>
    ${message !== undefined && html`<div class="error" id="error" role="alert">${message}</div>`}
    <form method="post" action="${action}">
      <label for="user_code">Code</label>
      <input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters"
        spellcheck="false" required autofocus value="${userCode}"${message !== undefined && html` aria-describedby="error"`}>
      <button type="submit" id="connect" class="primary">Connect</button>
    </form>
    <p class="muted">Only go on when the device is your own.</p>`;
  return page('Connect a device', card);
}
