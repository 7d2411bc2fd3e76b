import { jest } from '@jest/globals';
import type { Frame } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

describe('an app that listens to the state of sessions', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false } });

  /** Begins to listen in the app's page, which keeps what it is told. */
  const listen = async (frame: Frame): Promise<void> => {
    valueOf(
      await callAs(frame, async ({ onStateChange }) => {
        const told: string[] = [];
        Object.assign(window, { told });
        onStateChange(({ state, userName }) => told.push(`${state} ${userName}`));
      }),
    );
  };
  const hears = (frame: Frame, ...expected: string[]) =>
    frame.waitForFunction(
      (wanted) => JSON.stringify((window as unknown as { told: string[] }).told) === wanted,
      JSON.stringify(expected),
    );

  it('is told who is signed in when it begins later, and that somebody must sign in again when a restarted provider has lost the session', async () => {
    const page = await openDesk(await used.newContext(), used.desk);
    await signIn(page);
    const frame = await appFrame(page, used.desk, 'contacts');
    await listen(frame);
    await hears(frame, 'signedIn Morgan Reed');

    const provider = page.frames().find((candidate) => candidate.url().startsWith(used.desk.origins.provider))!;
    await Promise.all([provider.waitForNavigation(), provider.evaluate(() => location.reload())]);
    await hears(frame, 'signedIn Morgan Reed', 'signInRequired Morgan Reed');
    await signIn(page);
    await hears(frame, 'signedIn Morgan Reed', 'signInRequired Morgan Reed', 'signedIn Morgan Reed');
    await used.close(page.context());
  });
});
