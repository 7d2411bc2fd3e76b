import type { LiveNews, LiveTarget } from '../../src/channel/liveMessages.ts';
import type { DoorCaller } from '../../src/worker/pipeline/door.ts';
import type { WorkerSettingsInput } from '../../src/worker/settings.ts';
import { askedWorker } from './askedWorker.ts';
import { handClock } from './handClock.ts';
import type { OrgInUse } from './org.ts';
import { until } from './until.ts';
import { must, type configuredWorker } from './workerSession.ts';

type Row = Record<string, unknown>;

/** What a subscriber was told, and what it knows from that as a client does. */
export class Heard {
  readonly news: LiveNews[] = [];
  /** The rows as they are told, by id. */
  readonly rows = new Map<string, Row>();
  /** Their order, where that is told. */
  order: string[] = [];

  take(news: LiveNews): void {
    this.news.push(news);
    if (news.kind !== 'rows') return;
    const rows = news.rows as Row[];
    if (news.isWhole) this.rows.clear();
    for (const row of rows) this.rows.set(String(row['Id']), row);
    for (const id of news.gone) this.rows.delete(id);
    if (news.isWhole) this.order = rows.map(({ Id }) => String(Id));
  }

  of<K extends LiveNews['kind']>(kind: K): Extract<LiveNews, { kind: K }>[] {
    return this.news.filter((one): one is Extract<LiveNews, { kind: K }> => one.kind === kind);
  }

  get states(): string[] {
    return this.of('state').map(({ state }) => state);
  }

  /** Values of a field, in the order of the rows. */
  values(field: string): unknown[] {
    return [...this.rows.values()].map((row) => row[field]);
  }
}

export type App = Awaited<ReturnType<typeof askedWorker>>['blotter'];

/** A token worker with a person signed in, apps that subscribe, and a clock that the test moves. */
export async function liveWorker(
  org: OrgInUse,
  pipeline: WorkerSettingsInput['pipeline'] = {},
  options: Parameters<typeof configuredWorker>[1] = {},
) {
  const time = handClock();
  const heard = new Map<string, Heard>();
  let subscriptions = 0;
  const asked = await askedWorker(org, pipeline, {
    now: time.now,
    delay: time.delay,
    onLive: (callerId, { subscriptionId, news }) => heard.get(`${callerId} ${subscriptionId}`)?.take(news),
    ...options,
  });
  const { worker } = asked;

  return {
    ...asked,
    time,

    /** Subscribes an app. */
    async subscribe(
      { caller, sessionId = asked.sessionId }: { caller: DoorCaller; sessionId?: string },
      target: LiveTarget,
      more: { isLookedAt?: boolean; cursor?: string } = {},
    ) {
      const subscriptionId = `s${(subscriptions += 1)}`;
      const one = new Heard();
      heard.set(`${caller.id} ${subscriptionId}`, one);
      await worker.grantSession(caller, sessionId);
      must(await worker.subscribe(caller, { subscriptionId, sessionId, target, isLookedAt: true, ...more }));
      return Object.assign(one, {
        subscriptionId,
        look: (isLookedAt: boolean) => worker.look(caller.id, { subscriptionId, isLookedAt }),
        end: () => worker.unsubscribe(caller.id, { subscriptionId }),
      });
    },

    /** Lets time pass to the next round, and waits until it is over. */
    async round(milliseconds = 5_000): Promise<void> {
      await until(() => time.nextAt() !== undefined);
      time.pass(milliseconds);
      await until(() => time.nextAt() !== undefined && time.nextAt()! > time.now());
    },
  };
}
