import { signInReturnChannel } from './signInReturnChannel.ts';

/**
 * The page that the org redirects to. Removes the code from the address and its history before anything else, hands the
 * URL to the token worker, and closes itself.
 */
const { href, pathname, search } = window.location;
window.history.replaceState(null, '', pathname);
new BroadcastChannel(signInReturnChannel).postMessage(href);

const refused = new URLSearchParams(search).has('error');
const show = (): void => {
  document.getElementById(refused ? 'refused' : 'signed-in')!.hidden = false;
  document.title = refused ? 'Not signed in to Salesforce' : 'Signed in to Salesforce';
};
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show, { once: true });
else show();
window.close();
