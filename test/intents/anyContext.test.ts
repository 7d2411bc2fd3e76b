/** Whatever an app sends, an intent ends in something that a person can be shown, or in one of FDC3's own errors. */
import fc from 'fast-check';
import { answerIntent } from '../../src/intents/answerIntent.ts';
import { IntentError } from '../../src/intents/intentError.ts';
import type { IntentServices, RecordViewRequest } from '../../src/intents/intentServices.ts';
import { defaultIdentifiers } from '../../src/matching/identifiers.ts';
import { success } from '../../src/outcomes/failure.ts';
import type { EmbeddedOrg } from './embeddedOrg.ts';
import { openOrgWithPeople } from './intentDesk.ts';
import { orgUrl } from './embeddedOrg.ts';

let org: EmbeddedOrg;

beforeAll(async () => {
  ({ org } = await openOrgWithPeople());
});

const awkward = fc.constantFrom(
  '',
  ' ',
  'Ada Lovelace-Test',
  'O\'Brien \\ " % _',
  '(Ext) [x] {y} <z>',
  ', , ,',
  'and or not',
  'AND',
  '?*',
  '株式会社',
  '𠮷',
  '\u202E\u0000\uD800',
  'a@b',
  '+',
  '+1 212',
  '00000000',
  'Inc.',
  'Dr. Mr. Jr.',
  'x'.repeat(5_000),
);
const text = fc.oneof(
  awkward,
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.integer(),
  fc.constant(null),
  fc.array(text, { maxLength: 2 }),
  fc.object({ maxDepth: 1 }),
);
const id = fc.oneof(
  value,
  fc.record(
    {
      SALESFORCE_ID: value,
      SALESFORCE: value,
      URI: value,
      email: value,
      phone: value,
      LEI: value,
      ticker: value,
      FDS_ID: value,
    },
    { requiredKeys: [] },
  ),
);
const contact = fc.record(
  {
    type: fc.constant('fdc3.contact'),
    name: value,
    id,
    company: fc.oneof(value, fc.record({ name: value, id })),
    mobile: value,
  },
  { requiredKeys: ['type'] },
);
const raised = fc.oneof(
  fc.record({
    intent: fc.constantFrom(
      'ViewContact',
      'ViewAccount',
      'ViewProfile',
      'ViewInteractions',
      'StartCall',
      'StartEmail',
      'CreateOrUpdateProfile',
    ),
    context: contact,
  }),
  fc.record({
    intent: fc.constantFrom('ViewAccount', 'ViewProfile', 'ViewInteractions'),
    context: fc.record(
      { type: fc.constantFrom('fdc3.organization', 'fdc3.instrument'), name: value, id },
      { requiredKeys: ['type'] },
    ),
  }),
  fc.record({
    intent: fc.constant('ViewContact'),
    context: fc.record({
      type: fc.constant('fdc3.contactList'),
      contacts: fc.array(fc.oneof(contact, value), { maxLength: 4 }),
    }),
  }),
  fc.record({
    intent: fc.constant('CreateOrUpdateProfile'),
    context: fc.record(
      { type: fc.constant('fdc3.organization'), name: value, id, website: value, phone: value },
      { requiredKeys: ['type'] },
    ),
  }),
  fc.record({
    intent: fc.constant('CreateInteraction'),
    context: fc.oneof(
      contact,
      fc.record(
        {
          type: fc.constant('fdc3.interaction'),
          name: value,
          id,
          participants: fc.oneof(value, fc.record({ contacts: fc.array(fc.oneof(contact, value), { maxLength: 3 }) })),
          timeRange: fc.oneof(value, fc.record({ startTime: value, endTime: fc.oneof(value, fc.date()) })),
          interactionType: value,
          description: value,
          initiator: fc.oneof(value, contact),
          origin: value,
        },
        { requiredKeys: ['type'] },
      ),
    ),
  }),
  fc.record({
    intent: fc.constant('StartEmail'),
    context: fc.record(
      {
        type: fc.constant('fdc3.email'),
        recipients: fc.oneof(value, contact, fc.array(contact, { maxLength: 3 })),
        subject: value,
        textBody: value,
      },
      { requiredKeys: ['type'] },
    ),
  }),
  fc.record({
    intent: fc.constant('salesforce.ViewRecord'),
    context: fc.record(
      { type: fc.constant('salesforce.record'), name: value, objectType: value, id },
      { requiredKeys: ['type'] },
    ),
  }),
);

it('any context is answered by a view or by an error that names its cause', async () => {
  await fc.assert(
    fc.asyncProperty(raised, async ({ intent, context }) => {
      const shown: RecordViewRequest[] = [];
      const services: IntentServices = {
        authorize: (caller) => success({ caller, end: () => undefined }),
        connect: async () => success({ sessionId: 's-1', orgUrl }),
        request: async (_sessionId, path, { method, body } = {}) => org.request(path, method, body),
        chosenBefore: async () => undefined,
        showRecord: async (request) => {
          shown.push(request);
          return success({ chosen: Promise.resolve(undefined) });
        },
        failed: () => undefined,
      };
      const error: unknown = await answerIntent(
        services,
        { intent: intent as 'ViewContact', context: context as never, caller: {} },
        { identifiers: defaultIdentifiers },
      ).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) return expect(shown).toHaveLength(1);
      expect(error).toBeInstanceOf(IntentError);
      expect((error as IntentError).code).toMatch(shown.length === 1 ? /^REQUEST_CANCELLED$/ : /^INVALID_PARAMETER$/);
    }),
    { numRuns: Number(process.env['CONTEXTS'] ?? 150) },
  );
});
