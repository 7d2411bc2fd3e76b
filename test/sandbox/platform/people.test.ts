import { watchPeople } from '../../../sandbox/platform/people.ts';
import type { PlatformStatus } from '../../../src/channel/protocol.ts';

const status = (...sessions: { userId: string; owner?: string; orgUrl?: string }[]): PlatformStatus => ({
  sessions: sessions.map((session, index) => ({
    sessionId: `s${index}`,
    orgUrl: 'https://acme.my.salesforce.com',
    consumerKey: 'key',
    userName: session.userId,
    state: 'signedIn',
    tokenBinding: 'bearer',
    apps: [],
    ...session,
  })),
  apps: [],
  signingIn: false,
  defaultOrgUrl: 'https://acme.my.salesforce.com',
});

describe('watchPeople', () => {
  let left: number;
  let people: ReturnType<typeof watchPeople>;
  beforeEach(() => {
    left = 0;
    people = watchPeople(() => {
      left += 1;
    });
  });

  it('notices another person in the shared session, a provider that was restarted in between included', () => {
    for (const seen of [status({ userId: 'morgan' }), status(), status({ userId: 'morgan' })]) people.see(seen);
    expect(left).toBe(0);
    people.see(status());
    people.see(status({ userId: 'alex' }));
    expect(left).toBe(1);
    people.see(status({ userId: 'alex' }));
    expect(left).toBe(1);
  });

  it("is not misled by another org, or by an app's own session", () => {
    people.see(
      status(
        { userId: 'morgan' },
        { userId: 'alex', owner: 'Notes' },
        { userId: 'sam', orgUrl: 'https://other.my.salesforce.com' },
      ),
    );
    people.see(status({ userId: 'morgan' }, { userId: 'robin', owner: 'Notes' }));
    expect(left).toBe(0);
  });

  it("is told of a sign-out once: whoever comes next takes nobody's place", async () => {
    people.see(status({ userId: 'morgan' }));
    let settle: () => void = () => undefined;
    const signedOut = people.signOut(
      new Promise<void>((resolve) => {
        settle = resolve;
      }),
    );
    // Was on its way when the button was pressed.
    people.see(status({ userId: 'morgan' }));
    settle();
    await signedOut;
    people.see(status());
    people.see(status({ userId: 'alex' }));
    expect(left).toBe(1);
  });
});
