/** @jest-environment jsdom */
/** The key that opens the search of the desktop, in the platform page and in the apps' frames. */
import { onSearchKey, passOnSearchKey } from '../../src/core-web/searchKey.ts';

const wanted = { type: 'salesforce-interop.searchWanted' };
const press = (members: KeyboardEventInit): boolean =>
  window.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true, ...members }));

function openPlatform() {
  document.body.innerHTML = '<iframe></iframe><iframe></iframe>';
  const [first, second] = document.querySelectorAll('iframe');
  const opened: (HTMLIFrameElement | undefined)[] = [];
  onSearchKey((from) => opened.push(from));
  const say = (frame: HTMLIFrameElement, data: unknown) =>
    window.dispatchEvent(new MessageEvent('message', { data, source: frame.contentWindow }));
  return { first: first!, second: second!, opened, say };
}

it('opens the search, on a Mac by its own key, and no other combination does', () => {
  const { opened } = openPlatform();
  for (const key of [{ key: 'k' }, { key: 'k', ctrlKey: true, shiftKey: true }, { key: 'j', ctrlKey: true }])
    press(key);
  expect(opened).toEqual([]);
  expect(press({ key: 'k', ctrlKey: true })).toBe(false);
  press({ key: 'K', metaKey: true });
  expect(opened).toHaveLength(2);
});

it('opens it from a frame of the page, and tells which; no other window and no other message does', () => {
  const { first, second, opened, say } = openPlatform();
  const elsewhere = document.createElement('iframe');
  say(elsewhere, wanted);
  say(first, { type: 'something' });
  expect(opened).toEqual([]);
  // Chromium may name the one frame as focused while the person is in the other.
  first.focus();
  say(second, wanted);
  expect(opened).toEqual([second]);
});

it('is passed on by an app, and the person is where they were when the app has the focus again', () => {
  document.body.innerHTML = '<input id="here"><input id="there">';
  const told: unknown[] = [];
  const parent = { postMessage: (data: unknown) => told.push(data) } as unknown as Window;
  const addEventListener = window.addEventListener.bind(window);
  passOnSearchKey({ parent, addEventListener, document } as unknown as Window);
  document.querySelector<HTMLElement>('#here')!.focus();
  press({ key: 'k', ctrlKey: true });
  expect(told).toEqual([wanted]);
  document.querySelector<HTMLElement>('#there')!.focus();
  window.dispatchEvent(new FocusEvent('focus'));
  expect(document.activeElement?.id).toBe('here');
});
