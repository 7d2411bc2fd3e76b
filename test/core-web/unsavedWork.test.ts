/** @jest-environment jsdom */
/** What apps say to the platform page of work that is not saved. */
import { unsavedWorkTeller, watchUnsavedWork } from '../../src/core-web/unsavedWork.ts';

/** A platform page with two apps in frames, and what an app's page has said to it. */
function openPlatform() {
  document.body.innerHTML = '<iframe></iframe><iframe></iframe>';
  const frames = [...document.querySelectorAll('iframe')];
  const watch = watchUnsavedWork(window);
  const say = (frame: HTMLIFrameElement, data: unknown) =>
    window.dispatchEvent(new MessageEvent('message', { data, source: frame.contentWindow }));
  const tellerIn = (frame: HTMLIFrameElement, sent: unknown[] = []) =>
    unsavedWorkTeller({
      parent: {
        postMessage: (data: unknown) => {
          sent.push(data);
          say(frame, data);
        },
      } as unknown as Window,
      addEventListener: () => undefined,
    } as unknown as Window);
  return { frames, watch, say, tellerIn };
}

it('knows the frames that have said so, until they say otherwise', () => {
  const { frames, watch, tellerIn } = openPlatform();
  const [first, second] = frames.map((frame) => tellerIn(frame)) as [(is: boolean) => void, (is: boolean) => void];
  first(true);
  second(true);
  expect(watch.among(frames)).toEqual(frames);
  expect(watch.among(frames.slice(1))).toEqual([frames[1]]);
  second(false);
  expect(watch.among(frames)).toEqual([frames[0]]);
});

it('is said once, however often it is told', () => {
  const { frames, tellerIn } = openPlatform();
  const sent: unknown[] = [];
  const tell = tellerIn(frames[0]!, sent);
  for (const unsaved of [false, true, true, false, false]) tell(unsaved);
  expect(sent).toEqual([true, false].map((unsaved) => ({ type: 'salesforce-interop.unsavedWork', unsaved })));
});

it('is no matter of messages that say something else', () => {
  const { frames, watch, say } = openPlatform();
  for (const data of [null, 'unsaved', { type: 'salesforce-interop.unsavedWork' }, { unsaved: true }])
    say(frames[0]!, data);
  expect(watch.among(frames)).toEqual([]);
});

it('is told nobody by a page that is in no frame', () => {
  const told: unknown[] = [];
  const post = window.postMessage;
  window.postMessage = ((data: unknown) => told.push(data)) as typeof window.postMessage;
  unsavedWorkTeller(window)(true);
  window.postMessage = post;
  expect(told).toEqual([]);
});
