import type { FaultPlace } from '../../../sandbox/org/control/controlClient.ts';
import type { NoAnswer } from '../../../src/outcomes/outcomes.ts';
import { oneOf, type Troubles } from './rows.ts';
import type { Scene, Trouble } from './scene.ts';

/** Long enough for the requests that are to succeed. */
const shortMs = 1_000;

const maintenancePage =
  '<html><head><title>Salesforce</title></head><body><h1>We are down for maintenance.</h1><p>Sorry for the inconvenience. We will be back shortly.</p></body></html>';

/** How requests to a part of the org get no answer that can be used. */
const ways = (where: FaultPlace): Record<NoAnswer, readonly [Trouble, ...Trouble[]]> => {
  const meets = (fault: Parameters<Scene['meet']>[0], more: Partial<Trouble> = {}): Trouble => ({
    when: fault.kind,
    cause: (scene) => scene.meet(fault, where),
    ...more,
  });
  return {
    offline: [
      meets(
        { kind: 'drop' },
        {
          cause: (scene) => {
            scene.isOnline = false;
            return scene.meet({ kind: 'drop' }, where);
          },
        },
      ),
    ],
    unreachable: [meets({ kind: 'drop' }), meets({ kind: 'cut-short' })],
    timedOut: [meets({ kind: 'hang' }, { settings: { requestTimeoutMs: shortMs } })],
    tooManyRequests: [meets({ kind: 'answer', status: 429, body: '<html>Slow down</html>', contentType: 'text/html' })],
    unavailable: [
      meets({ kind: 'server-error', as: 'html' }),
      meets({ kind: 'server-error', as: 'json' }, { when: 'server-error in JSON' }),
    ],
    redirected: [meets({ kind: 'redirect', to: 'http://wifi.guest.example/' })],
    captivePortal: [meets({ kind: 'captive-portal' })],
    maintenance: [
      meets({ kind: 'answer', status: 200, contentType: 'text/html;charset=UTF-8', body: maintenancePage }),
    ],
    unreadable: [meets({ kind: 'empty' }), meets({ kind: 'malformed-json' })],
    oversize: [meets({ kind: 'oversize', bytes: 300_000 }, { settings: { longestAnswerBytes: 100_000 } })],
  };
};

/** The rows of a prefix that stand for the lack of an answer, by their ids. */
export function noAnswersAt<Prefix extends string>(
  prefix: Prefix,
  where: FaultPlace,
): { [Id in `${Prefix}.${NoAnswer}`]: Troubles } {
  const entries = Object.entries(ways(where)).map(([name, troubles]) => [
    `${prefix}.${name}`,
    troubles.map((trouble) => ({ ...trouble, when: oneOf(troubles, trouble) })),
  ]);
  return Object.fromEntries(entries) as { [Id in `${Prefix}.${NoAnswer}`]: Troubles };
}
