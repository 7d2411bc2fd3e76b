/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** The search for the record that a field refers to, by keyboard and mouse. The org is the embedded one. */
import { TextDecoder, TextEncoder } from 'node:util';
import { render } from 'lit';
import { ApiRequestError } from '../../src/client/errors.ts';
import type { FormField } from '../../src/record-view/formFields.ts';
import { LookupFields } from '../../src/record-view/lookupFields.ts';
import { emptyLookup, type LookupState } from '../../src/record-view/lookupState.ts';
import { lookupTemplate } from '../../src/record-view/lookupTemplate.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import type { EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { until } from '../support/until.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg, orgUrl } = await import('../intents/embeddedOrg.ts');

// jsdom has no layout, so nothing is out of sight.
Element.prototype.scrollIntoView = () => undefined;

let org: EmbeddedOrg;
const ids: string[] = [];
beforeAll(async () => {
  org = await openEmbeddedOrg();
  for (const Site of ['Leeds', 'York']) ids.push(org.create('Account', { Name: 'Typeahead-Test plc', Site }));
});

const field: FormField = {
  ...{ name: 'AccountId', label: 'Account Name', input: 'lookup', required: false, maxLength: undefined },
  ...{ options: [], controller: undefined, lookup: { targets: ['Account'], filteredBy: ['ReportsToId'] } },
};

/** A lookup before a person. */
function open() {
  document.body.innerHTML = '<div id="root"></div>';
  const root = document.getElementById('root')!;
  const seen = { asked: [] as string[], bodies: [] as unknown[], value: '', refused: false };
  const api: RecordApi = {
    orgUrl,
    async executeApiRequest<T>(path: string, method?: string, data?: unknown) {
      seen.asked.push(path);
      seen.bodies.push(data);
      const { status, body } = org.send(path, method as 'GET', data);
      if (seen.refused || status >= 400) throw new ApiRequestError('Salesforce has refused it.', 400, { data: body });
      return { status, data: body as T };
    },
  };
  let state: LookupState = emptyLookup;
  const draw = (): void =>
    void render(lookupTemplate({ field, state, invalid: false, described: undefined }, fields), root);
  const fields = new LookupFields({
    api,
    source: { type: 'Contact', id: undefined, valueOf: (name) => `value of ${name}` },
    signal: new AbortController().signal,
    announce: () => undefined,
    stateOf: () => state,
    change: (_name, next) => {
      state = next;
      draw();
    },
    onValue: (_name, id) => (seen.value = id),
  });
  draw();
  const input = () => root.querySelector<HTMLInputElement>('[role="combobox"]')!;
  const options = () => [...root.querySelectorAll<HTMLElement>('[role="option"]')];
  const press = (key: string): boolean =>
    !input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  function type(text: string): void {
    input().value = text;
    input().dispatchEvent(new Event('input', { bubbles: true }));
  }
  const active = () => document.getElementById(input().getAttribute('aria-activedescendant') ?? '');
  return { root, seen, input, options, press, type, active, state: () => state };
}

it('finds what is typed, and is picked by arrow and Enter', async () => {
  const { root, seen, input, options, press, type, active } = open();
  type('typeahead');
  await until(() => options().length === 2);
  expect(input().getAttribute('aria-expanded')).toBe('true');
  expect(
    options()
      .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())
      .sort(),
  ).toEqual(['Typeahead-Test plcLeeds', 'Typeahead-Test plcYork']);
  expect(active()).toBeNull();
  press('ArrowDown');
  press('ArrowUp');
  expect(active()).toBe(options()[1]);
  press('ArrowDown');
  expect(active()).toBe(options()[0]);
  expect(press('Enter')).toBe(true);
  expect(ids).toContain(seen.value);
  expect(root.querySelector('.chosen')?.textContent).toContain('Typeahead-Test plc');
});

it('waits until the person pauses, and then asks once, with what its filter needs', async () => {
  const { seen, options, type } = open();
  for (const text of ['ty', 'typ', 'type', 'typea']) type(text);
  await until(() => options().length === 2);
  expect(seen.asked).toHaveLength(1);
  expect(seen.asked[0]).toContain('q=typea');
  expect(seen.bodies[0]).toEqual({ sourceRecord: { fields: { Id: null, ReportsToId: 'value of ReportsToId' } } });
});

it('shows what the person has used lately before they type', async () => {
  const { root, input, options, press } = open();
  expect(input().getAttribute('aria-expanded')).toBe('false');
  press('ArrowDown');
  await until(() => options().length > 0);
  expect(root.textContent).toContain('Used lately');
  expect(options()[0]!.textContent).toContain('Typeahead-Test plc');
});

it('says that nothing was found, and why it could not be sought', async () => {
  const { root, seen, type } = open();
  type('nobody at all');
  await until(() => root.textContent.includes('Nothing found for “nobody at all”'));
  type('x');
  expect(root.textContent).toContain('Type at least 2 characters');
  seen.refused = true;
  type('typeahead');
  await until(() => root.textContent.includes('Salesforce has refused it.'));
});

it('closes its list with Escape and nothing else, and keeps what is typed', async () => {
  const { input, options, press, type, state } = open();
  type('typeahead');
  await until(() => options().length === 2);
  expect(press('Escape')).toBe(true);
  expect(input().getAttribute('aria-expanded')).toBe('false');
  expect([input().value, state()]).toMatchObject(['typeahead', { term: 'typeahead' }]);
  // The next one is the form's.
  expect(press('Escape')).toBe(false);
});

it('is picked by mouse, and let go of again', async () => {
  const { root, seen, options, input } = open();
  input().click();
  await until(() => options().length > 0);
  options()[0]!.click();
  expect(seen.value).not.toBe('');
  root.querySelector<HTMLButtonElement>('.chosen button')!.click();
  expect([seen.value, input().value]).toEqual(['', '']);
});
