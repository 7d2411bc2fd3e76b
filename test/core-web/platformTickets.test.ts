import { startTicketIssuer, requestTicket } from '../../src/core-web/platformTickets.ts';

/** Two windows that hear each other; the browser fills in `origin` and `source`, not the sender. */
function windows(appOrigin: string) {
  const platform = new EventTarget();
  const app = new EventTarget();
  const say = (to: EventTarget, data: unknown, origin: string, source: EventTarget) =>
    queueMicrotask(() => to.dispatchEvent(Object.assign(new Event('message'), { data, origin, source })));
  const platformProxy = Object.assign(platform, {
    postMessage: (data: unknown) => say(platform, data, appOrigin, appProxy),
  });
  const appProxy = Object.assign(app, {
    postMessage: (data: unknown) => say(app, data, 'https://desk.bank.example', platformProxy),
  });
  return { platform: platformProxy as unknown as Window, app: appProxy as unknown as Window };
}
const platformOrigin = 'https://desk.bank.example';
const mayJoin = (origin: string) => origin === 'https://contacts.bank.example';
const client = { uuid: 'contacts-client', name: 'contacts-client' };

describe('a ticket', () => {
  it('ties the connection that presents it to the origin it was asked from', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    const office = startTicketIssuer(platform, { mayJoin });
    const ticket = await requestTicket(app, { platform, platformOrigin, client, timeoutMs: 1_000 });
    expect(office.redeem({ ticket, currentContextGroup: 'green' }, client)).toBe('https://contacts.bank.example');
  });

  it('is good once', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    const office = startTicketIssuer(platform, { mayJoin });
    const ticket = await requestTicket(app, { platform, platformOrigin, client, timeoutMs: 1_000 });
    office.redeem({ ticket }, client);
    expect(office.redeem({ ticket }, client)).toBeUndefined();
  });

  it('is of no use to another client, is spent then, and the platform is told', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    const refused: unknown[] = [];
    const office = startTicketIssuer(platform, { mayJoin, onRefused: (one) => refused.push(one) });
    const ticket = await requestTicket(app, { platform, platformOrigin, client, timeoutMs: 1_000 });
    const attacker = { uuid: 'attacker', name: 'contacts-client' };
    expect(office.redeem({ ticket }, attacker)).toBeUndefined();
    expect(office.redeem({ ticket }, client)).toBeUndefined();
    expect(refused).toEqual([{ client: attacker, issuedTo: 'https://contacts.bank.example' }, { client }]);
  });

  it('is refused to an origin that is not in the directory, with the reason', async () => {
    const { platform, app } = windows('https://elsewhere.example');
    startTicketIssuer(platform, { mayJoin });
    await expect(requestTicket(app, { platform, platformOrigin, client, timeoutMs: 1_000 })).rejects.toThrow(
      'https://elsewhere.example is not in the app directory',
    );
  });

  it('cannot be made up', () => {
    const { platform } = windows('https://contacts.bank.example');
    const office = startTicketIssuer(platform, { mayJoin });
    for (const payload of [undefined, null, {}, { ticket: '' }, { ticket: crypto.randomUUID() }])
      expect(office.redeem(payload, client)).toBeUndefined();
  });

  it("is not accepted from another origin than the platform's", async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    startTicketIssuer(platform, { mayJoin });
    await expect(
      requestTicket(app, { platform, platformOrigin: 'https://other-desk.example', client, timeoutMs: 50 }),
    ).rejects.toThrow('did not answer within 50 ms');
  });
});
