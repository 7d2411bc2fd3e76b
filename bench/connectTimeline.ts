import type { Frame, Page } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import { click, deskIsReady, disconnectAll, reopen } from './deskApps.ts';
import type { Timeline } from './report.ts';
import { orgUrl, type Stage } from './stage.ts';
import { quantile, rounded } from './statistics.ts';

/** What a page reports on its console when a step is reached. */
const prefix = '@bench';

/**
 * Runs in every page of the desk: reports the steps of a connect, with the time that all processes of a browser share.
 * Measured connects run without it.
 */
function watch(mark: string): void {
  if (location.protocol === 'about:') return;
  const report = (step: string): void => console.debug(`${mark} ${performance.timeOrigin + performance.now()} ${step}`);
  addEventListener('message', ({ data }: MessageEvent<{ type?: unknown } | null>) => {
    if (data?.type === 'salesforce-interop.ticketRequest') report('the provider is asked for a ticket');
    if (data?.type === 'salesforce-interop.ticket') report('the ticket is there');
  });
  if (location.pathname === '/ticket.html') {
    report('the ticket page begins');
    addEventListener('load', () => report('the ticket page has loaded'));
  }
  if (location.pathname === '/signed-in.html') report('the return page begins');
  const { postMessage } = BroadcastChannel.prototype;
  BroadcastChannel.prototype.postMessage = function (message: unknown): void {
    if (this.name === 'salesforce-interop.sign-in-return') report('the return page hands over the code');
    postMessage.call(this, message);
  };
  const { open } = window;
  window.open = (...given): Window | null => {
    report('the sign-in window is asked for');
    const opened = open.apply(window, given);
    report('the sign-in window is there');
    return opened;
  };
}

/** The steps of a first connect and of a second app's, each at the median of the rounds. */
export async function connectTimelines(
  stage: Stage,
  latencyMs: number,
  rounds: number,
): Promise<{ first: Timeline; second: Timeline }> {
  await stage.org.control.setLatency(latencyMs);
  const { page, appOrigins, close } = await stage.openDesk(
    'bearer',
    `(${watch.toString()})(${JSON.stringify(prefix)})`,
  );
  let steps: (readonly [step: string, at: number])[] = [];
  page.context().on('console', (message) => {
    const [mark, at, ...step] = message.text().split(' ');
    if (mark === prefix) steps.push([step.join(' '), Number(at)]);
  });
  page.context().on('requestfinished', (request) => {
    const { startTime, responseEnd } = request.timing();
    const { origin, pathname } = new URL(request.url());
    if (origin !== orgUrl || request.method() === 'OPTIONS') return;
    const what = `${request.method()} ${pathname.replace(/[a-zA-Z0-9]{15,18}$/, '{id}')}`;
    steps.push([`${what} is sent`, startTime], [`${what} is answered`, startTime + responseEnd]);
  });
  try {
    const [first, second] = (await deskIsReady(page, appOrigins)) as [Frame, Frame];
    const all = { first: [] as Map<string, number>[], second: [] as Map<string, number>[] };
    for (let round = 0; round < rounds + 1; round += 1) {
      for (const [name, frame] of [
        ['first', first],
        ['second', second],
      ] as const) {
        steps = [];
        const [begun, done] = await connectOnce(page, frame);
        if (round > 0)
          all[name].push(
            new Map([
              ...steps.filter(([, at]) => at >= begun && at <= done).map(([step, at]) => [step, at - begun] as const),
              ['the app is connected', done - begun],
            ]),
          );
      }
      await disconnectAll(page, [first, second], stage.org.control);
    }
    return { first: timelineOf(latencyMs, all.first), second: timelineOf(latencyMs, all.second) };
  } finally {
    await close();
  }
}

async function connectOnce(page: Page, frame: Frame): Promise<readonly [begun: number, done: number]> {
  await reopen(frame);
  await click(page);
  const times = valueOf(
    await callAs(
      frame,
      async ({ connect }, mark) => {
        type Client = { dispatch(action: string, payload?: unknown): Promise<unknown> };
        const now = (): number => performance.timeOrigin + performance.now();
        const report = (step: string): void => console.debug(`${mark} ${now()} ${step}`);
        const { Channel } = (
          globalThis as unknown as {
            fin: { InterApplicationBus: { Channel: { connect(...given: unknown[]): Promise<Client> } } };
          }
        ).fin.InterApplicationBus;
        const join = Channel.connect.bind(Channel);
        Channel.connect = async (...given) => {
          const client = await join(...given);
          report('the channel is there');
          const dispatch = client.dispatch.bind(client);
          client.dispatch = async (action, payload) => {
            report(`${action} is sent`);
            const reply = await dispatch(action, payload);
            report(`${action} is answered`);
            return reply;
          };
          return client;
        };
        const begun = now();
        Object.assign(globalThis, { connection: await connect() });
        return [begun, now()] as const;
      },
      prefix,
    ),
  );
  // The browser tells of a request some time after its answer.
  await page.waitForTimeout(100);
  return times;
}

/** The steps that most rounds had, in the order of their medians. */
function timelineOf(latencyMs: number, rounds: readonly ReadonlyMap<string, number>[]): Timeline {
  const names = new Set(rounds.flatMap((round) => [...round.keys()]));
  const steps = [...names].flatMap((step) => {
    const times = rounds.flatMap((round) => round.get(step) ?? []);
    return times.length * 2 > rounds.length ? [{ step, atMs: rounded(quantile(times, 0.5)) }] : [];
  });
  return { latencyMs, steps: steps.toSorted((one, other) => one.atMs - other.atMs) };
}
