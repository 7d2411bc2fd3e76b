import { signInReturnChannel } from './messages.ts';

/** Where the org redirects to. Hands the URL to the token worker, drops it from the history, and closes itself. */
const { href, pathname, search } = window.location;
const refused = new URLSearchParams(search).has('error');
new BroadcastChannel(signInReturnChannel).postMessage(href);
window.history.replaceState(null, '', pathname);
document.getElementById(refused ? 'refused' : 'signed-in')!.hidden = false;
document.title = refused ? 'Not signed in to Salesforce' : 'Signed in to Salesforce';
window.close();
