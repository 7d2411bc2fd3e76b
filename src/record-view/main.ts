import { render } from 'lit';
import { connect } from '../client/connect.ts';
import { InitializationError, ParameterError } from '../client/errors.ts';
import { onStateChange } from '../client/stateChange.ts';
import { subscribe } from '../client/subscribe.ts';
import { defineFreshnessLine } from '../live-view/freshnessLine.ts';
import { passOnSearchKey } from '../core-web/searchKey.ts';
import { unsavedWorkTeller } from '../core-web/unsavedWork.ts';
import { ChannelSharing } from './channelSharing.ts';
import { desktopAgent } from './desktopAgent.ts';
import { tellPageTitle } from '../core-web/pageTitle.ts';
import { joinDesktop } from './joinDesktop.ts';
import { startAnewWhenShownAgain } from '../startAnew.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import { askPerson } from '../record-edit/askPerson.ts';
import { RecordViewApp } from './recordViewApp.ts';
import type { Watch } from './shownRecord.ts';
import { sharingBar } from './sharingBar.ts';
import {
  cancelWriting,
  concerns,
  forgetChoice,
  readAssignment,
  recordOfContext,
  reportChoice,
  reportShown,
} from './viewChannel.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

startAnewWhenShownAgain();
tellPageTitle();
passOnSearchKey();
defineFreshnessLine();

const viewId = new URL(location.href).searchParams.get('viewId') ?? '';
const announcement = element('announcement');

/** Stops listening to session states. Listening begins once the page has joined the desktop. */
let stopListening: (() => void) | undefined;

const sharing = new ChannelSharing({
  agent: desktopAgent,
  draw: (state) =>
    render(
      sharingBar(state, { join: (id) => void sharing.join(id), follow: (follows) => sharing.follow(follows) }),
      element('sharing'),
    ),
  find: (context) => recordOfContext(viewId, context),
  mayShow: () => app.mayBeReplaced,
  show: (record) => app.follow(record),
});

const app = new RecordViewApp({
  root: element('root'),
  announce: (text) => {
    announcement.textContent = text;
  },
  async open() {
    if (viewId === '') throw new ParameterError('This page shows a record only when an app asks for one.');
    await joinDesktop().catch((error: unknown) => {
      throw new InitializationError(error instanceof Error ? error.message : 'This page cannot join a desktop.');
    });
    const state = await readAssignment(viewId);
    stopListening ??= onStateChange((event) => {
      if (!concerns(state, event)) return;
      if (event.state === 'signedIn') return app.signedIn();
      sharing.leave();
      app.leave(event.state);
    });
    void sharing.begin(state.sharing);
    const { orgUrl, consumerKey } = state;
    const isNamed = orgUrl !== undefined && consumerKey !== undefined;
    const connection = isNamed ? await connect(orgUrl, consumerKey) : await connect();
    const watch: Watch = (what, listener) => subscribe(connection, what as SoqlText, listener, { mayWait: true });
    return { state, api: connection, watch, person: `${connection.orgUrl} ${connection.currentUser.Id}` };
  },
  ask: askPerson,
  onUnsavedWork: unsavedWorkTeller(),
  // An older view, or none, is brought to the front where that does not arrive.
  reportShown: (page) => {
    void reportShown(viewId, page?.id).catch(() => undefined);
    sharing.shows(page);
  },
  reportChoice: (type, id, outcome) => reportChoice(viewId, type, id, outcome),
  forgetChoice: () => forgetChoice(viewId),
  cancelWriting: (refusal) => cancelWriting(viewId, refusal),
});
await app.start();
