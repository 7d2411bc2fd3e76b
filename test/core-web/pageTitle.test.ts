/** @jest-environment jsdom */
/** What a page in a frame is called, as its platform hears it. */
import { tellPageTitle, watchPageTitles } from '../../src/core-web/pageTitle.ts';
import { until } from '../support/until.ts';

/** A page in a frame, and what its platform has heard. */
function open() {
  document.body.innerHTML = '<iframe></iframe>';
  const frame = document.querySelector('iframe')!;
  const heard: string[] = [];
  watchPageTitles((source, title) =>
    heard.push(`${source === frame.contentWindow ? 'the page' : 'another'}: ${title}`),
  );
  const say = (data: unknown) =>
    window.dispatchEvent(new MessageEvent('message', { data, source: frame.contentWindow }));
  const page = document.implementation.createHTMLDocument('Salesforce record');
  return { heard, say, page, parent: { postMessage: say } as unknown as Window };
}

it('is said at first and at each change, once', async () => {
  const { heard, page, parent } = open();
  tellPageTitle({ document: page, parent } as unknown as Window);
  page.title = 'Tim Barr';
  await until(() => heard.length === 2);
  page.head.append(page.createElement('style'));
  page.title = 'x'.repeat(300);
  await until(() => heard.length === 3);
  expect(heard).toEqual(['the page: Salesforce record', 'the page: Tim Barr', `the page: ${'x'.repeat(200)}`]);
});

it('is heard only where it is a title', () => {
  const { heard, say } = open();
  for (const data of [
    'Tim Barr',
    null,
    { type: 'salesforce-interop.title' },
    { type: 'salesforce-interop.title', title: 7 },
  ])
    say(data);
  say({ type: 'salesforce-interop.title', title: 'x'.repeat(201) });
  expect(heard).toEqual([]);
});

it('is said to nobody where the page is in no frame', () => {
  expect(() => tellPageTitle(window)).not.toThrow();
});
