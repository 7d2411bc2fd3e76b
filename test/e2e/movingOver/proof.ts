import type { ContainerRuntime, ContainerWindow } from '../../../sandbox/container/containerRuntime.ts';
import { salesforceSuccessUri } from '../../../sandbox/org/oauth/defaultClients.ts';
import { peerSignInWindow } from '../../support/peerPage.ts';
import type { ArrivedRequest } from './recordingOrg.ts';
import { callIn, type Given, type Place, type Seen } from './outcome.ts';
import type { Runtime, Stage } from './stage.ts';

/** Shows one difference by the same steps with both packages. */
export interface Proof {
  /** The first cell of the row of `docs/moving-over.md` that tells it. */
  row: string;
  /** How the desktop is set up for it; connected unless told otherwise. */
  configuration?: Record<string, unknown> | false;
  connected?: false;
  prove(scene: Scene): Promise<void>;
}

export interface Scene extends Runtime {
  stage: Stage;
  /** The same steps in both pages, one after the other. */
  both<R>(steps: (place: Place) => Promise<R>): Promise<Record<Place, R>>;
  /** A function in that place's page; see {@link callIn}. */
  call<A = undefined>(place: Place, work: (given: Given, args: A) => Promise<unknown>, args?: A): Promise<Seen>;
}

export function sceneOf(stage: Stage, runtime: Runtime): Scene {
  return {
    ...runtime,
    stage,
    both: async (steps) => ({ there: await steps('there'), here: await steps('here') }),
    async call(place, work, args) {
      if (place === 'there') await peerWindowsAreClosed(runtime);
      return callIn(runtime.pages[place], place, work, args);
    },
  };
}

/**
 * The vendor's package settles before its sign-in window has closed, and fails, or is never heard of again, when it is
 * asked to sign in meanwhile: a runtime has no two windows of one name.
 */
async function peerWindowsAreClosed({ runtime }: Runtime): Promise<void> {
  const isClosing = ({ name, url, closed }: ContainerWindow): boolean =>
    name === peerSignInWindow && !closed && url.startsWith(salesforceSuccessUri);
  await runtime.until('Closing the sign-in window', () => (runtime.windows().some(isClosing) ? undefined : true));
}

/** Requests by which a person's sign-in becomes tokens. */
export const codeGrants = (arrived: ArrivedRequest[]) =>
  arrived.filter(({ url, body }) => url === '/services/oauth2/token' && body.includes('grant_type=authorization_code'));
export const renewals = (arrived: ArrivedRequest[]) =>
  arrived.filter(({ url, body }) => url === '/services/oauth2/token' && body.includes('grant_type=refresh_token'));
export const revocations = (arrived: ArrivedRequest[]) =>
  arrived.filter(({ url }) => url === '/services/oauth2/revoke');
/** Queries of the authorize page, by parameter. */
export const authorizeParameters = (arrived: ArrivedRequest[]) =>
  arrived
    .filter(({ url }) => url.startsWith('/services/oauth2/authorize?'))
    .map(({ url }) => Object.fromEntries(new URL(url, 'https://org.example').searchParams));

export const openWindows = (runtime: ContainerRuntime) => runtime.windows().length;
