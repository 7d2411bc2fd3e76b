import { openTicketOffice, requestTicket } from '../../src/core-web/platformTickets.ts';

/** Two windows that hear each other; the browser fills in `origin` and `source`, not the sender. */
function windows(appOrigin: string) {
  const platform = new EventTarget();
  const app = new EventTarget();
  const say = (to: EventTarget, data: unknown, origin: string, source: EventTarget) =>
    queueMicrotask(() => to.dispatchEvent(Object.assign(new Event('message'), { data, origin, source })));
  const platformProxy = Object.assign(platform, { postMessage: (data: unknown) => say(platform, data, appOrigin, appProxy) });
  const appProxy = Object.assign(app, { postMessage: (data: unknown) => say(app, data, 'https://desk.bank.example', platformProxy) });
  return { platform: platformProxy as unknown as Window, app: appProxy as unknown as Window };
}
const platformOrigin = 'https://desk.bank.example';
const known = (origin: string) => origin === 'https://contacts.bank.example';

describe('a ticket', () => {
  it('ties the connection that presents it to the origin it was asked from', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    const office = openTicketOffice(platform, known);
    const ticket = await requestTicket(app, platform, platformOrigin, 1_000);
    expect(office.redeem({ ticket, currentContextGroup: 'green' })).toBe('https://contacts.bank.example');
  });

  it('is good once', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    const office = openTicketOffice(platform, known);
    const ticket = await requestTicket(app, platform, platformOrigin, 1_000);
    office.redeem({ ticket });
    expect(office.redeem({ ticket })).toBeUndefined();
  });

  it('is refused to an origin that is not in the directory, with the reason', async () => {
    const { platform, app } = windows('https://elsewhere.example');
    openTicketOffice(platform, known);
    await expect(requestTicket(app, platform, platformOrigin, 1_000)).rejects.toThrow('https://elsewhere.example is not in the app directory');
  });

  it('cannot be made up', () => {
    const { platform } = windows('https://contacts.bank.example');
    const office = openTicketOffice(platform, known);
    for (const payload of [undefined, null, {}, { ticket: '' }, { ticket: crypto.randomUUID() }]) expect(office.redeem(payload)).toBeUndefined();
  });

  it('is not accepted from another origin than the platform\'s', async () => {
    const { platform, app } = windows('https://contacts.bank.example');
    openTicketOffice(platform, known);
    await expect(requestTicket(app, platform, 'https://other-desk.example', 50)).rejects.toThrow('did not answer within 50 ms');
  });
});
