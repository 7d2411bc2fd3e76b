/**
 * Shows the code of the device flow, its remaining time, and buttons to cancel or get a new one. Knows only what the
 * provider tells it.
 */
import {
  deviceChannel,
  devicePageFragment,
  toDevicePage,
  type FromDevicePage,
  type ToDevicePage,
} from './deviceMessages.ts';
import { startAnewWhenShownAgain } from '../../startAnew.ts';
import { systemTimers } from '../../time.ts';
import { createDeviceView } from './deviceView.ts';

startAnewWhenShownAgain();

const fragment = devicePageFragment.safeParse(Object.fromEntries(new URLSearchParams(window.location.hash.slice(1))));
const channel = new BroadcastChannel(deviceChannel);
const tickMs = 1_000;
/** The provider runs on this machine, so a missing answer after this time means that it has gone. */
const answerMs = 5_000;
const lastMinuteMs = 60_000;

const lost = 'This sign-in is over. Close this window and connect again from your app.';

let state: ToDevicePage['kind'] | 'asking' | 'lost' = 'asking';
let expiresAt = 0;
let answered = (): void => undefined;

const view = createDeviceView({
  onCancel() {
    tell('cancel');
    window.close();
  },
  onNewCode() {
    ask('newCode');
    view.say('Getting a new code…');
  },
});

function tell(kind: FromDevicePage['kind']): void {
  if (fragment.success) channel.postMessage({ kind, signInId: fragment.data.signInId } satisfies FromDevicePage);
}

function ask(kind: FromDevicePage['kind']): void {
  tell(kind);
  answered();
  answered = systemTimers.after(answerMs, end);
}

function end(): void {
  state = 'lost';
  view.end();
  view.say(lost);
}

function expire(): void {
  state = 'expired';
  view.offerNewCode();
  view.say('The code is no longer good, as nobody allowed access in time.');
}

function tick(): void {
  if (state !== 'code') return;
  const left = expiresAt - Date.now();
  if (left <= 0) return expire();
  view.showTimeLeft(left);
  if (!navigator.onLine) view.say('This machine is offline. It goes on when the network is back.');
  else if (left <= lastMinuteMs) view.say('Waiting for you. Less than a minute is left.');
}

function waitForPerson(): void {
  view.say('Waiting for you to allow access on the other device.');
  tick();
}

channel.onmessage = ({ data }: MessageEvent<unknown>) => {
  const told = toDevicePage.safeParse(data);
  if (!told.success || !fragment.success || told.data.signInId !== fragment.data.signInId) return;
  answered();
  state = told.data.kind;
  if (told.data.kind === 'code') {
    expiresAt = told.data.expiresAt;
    view.showCode(told.data);
    waitForPerson();
  } else if (told.data.kind === 'expired') expire();
  else if (told.data.kind === 'noCode') {
    view.offerNewCode();
    view.say(told.data.message);
  } else if (told.data.kind === 'over') {
    view.end();
    view.say(told.data.message);
  }
};

window.addEventListener('online', () => state === 'code' && waitForPerson());
window.addEventListener('offline', tick);
setInterval(tick, tickMs);
if (fragment.success) ask('ready');
else end();
