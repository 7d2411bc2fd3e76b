import fc from 'fast-check';
import { ticketRequest } from '../../../../src/channel/windowMessages.ts';
import { ticketAnswer } from '../../../../src/provider/hosts/web/messages.ts';
import { readTicketAnswer, readTicketRequest } from '../../../../src/provider/hosts/web/ticketMessages.ts';

const identifier = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
  fc.constantFrom('', 'x'.repeat(200), 'x'.repeat(201)),
  fc.jsonValue(),
);
const identity = { uuid: identifier, name: identifier, more: fc.jsonValue() };
/** Right messages and all that is nearly right: a member missing, of another type, too long, or one too many. */
const nearly = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record(members) },
    { weight: 3, arbitrary: fc.record(members, { requiredKeys: [] }) },
    fc.jsonValue(),
  );
const request = nearly({
  type: fc.oneof({ weight: 5, arbitrary: fc.constant('salesforce-interop.ticketRequest') }, fc.jsonValue()),
  nonce: identifier,
  client: nearly(identity),
  channel: nearly({ ...identity, channelId: identifier }),
  more: fc.jsonValue(),
});
const answer = nearly({
  kind: fc.oneof(fc.constantFrom('issued', 'refused'), fc.jsonValue()),
  orderId: identifier,
  ticket: identifier,
  reason: fc.oneof(fc.constantFrom('foreignChannel', 'tooMany'), fc.jsonValue()),
});

describe('the ticket page', () => {
  it('takes of requests what the protocol says, and nothing else', () => {
    const taken = new Set<boolean>();
    fc.assert(
      fc.property(request, (data) => {
        const { data: read } = ticketRequest.safeParse(data);
        expect(readTicketRequest(data)).toEqual(read);
        taken.add(read !== undefined);
      }),
      { numRuns: 3_000 },
    );
    expect(taken.size).toBe(2);
  });

  it('reads the answers that the provider gives, and nothing else', () => {
    const taken = new Set<boolean>();
    fc.assert(
      fc.property(answer, (data) => {
        const { data: read } = ticketAnswer.safeParse(data);
        expect(readTicketAnswer(data)).toEqual(read);
        taken.add(read !== undefined);
      }),
      { numRuns: 3_000 },
    );
    expect(taken.size).toBe(2);
  });
});
