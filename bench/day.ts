import type { ControlClient } from '../sandbox/org/control/controlClient.ts';
import type { DayTotals } from './report.ts';
import { withinTime } from './withinTime.ts';

/** One app of the person's desktop. */
export interface DayApp {
  /** Connects, with a person at hand for whatever the org asks. @throws Error when that fails. */
  connect(): Promise<void>;
  /** Sends the calls at once. */
  burst(paths: readonly string[]): Promise<BurstOutcome>;
}

export interface BurstOutcome {
  failed: number;
  /** An error told the app to connect again. */
  isSignedOut: boolean;
}

export interface DayOptions {
  apps: readonly DayApp[];
  control: ControlClient;
  signIns(): number;
  hours: number;
  onQuarter(done: number, total: number): void;
}

/** The org's session timeout, in quarters of an hour. */
const quartersPerToken = 8;
const authorizeRequest = 'GET /services/oauth2/authorize';
/** What an app asks for in one go, as a screen of it would. */
const screen = [
  '/services/data/v56.0/limits',
  '/services/data/v56.0/query?q=SELECT+Id,Name+FROM+Account+LIMIT+5',
  '/services/data/v56.0/query?q=SELECT+Id,Name+FROM+Contact+LIMIT+5',
];

const connect = (app: DayApp): Promise<void> => withinTime(app.connect(), "An app's connect");

/**
 * One person's working day: every app connects in the morning and asks for a screen's data each quarter of an hour, all
 * apps at once. Every two hours the org ends the access tokens. Its clock is not moved for that: the clock of the
 * browser would stay behind, and the org would refuse its DPoP proofs as too old. An app that gets an error which asks
 * it to connect again does so after its calls of that quarter; the person attends to one window at a time. No failed
 * call is repeated.
 */
export async function liveThroughDay({ apps, control, signIns, hours, onQuarter }: DayOptions): Promise<DayTotals> {
  await control.resetCounts();
  const signInsBefore = signIns();
  const quarters = hours * 4;
  let calls = 0;
  let failedCalls = 0;
  const requestsByHour: number[] = [];
  const requestsSoFar = async (): Promise<number> =>
    Object.values((await control.counts()).requests).reduce((sum, count) => sum + count, 0);
  for (const app of apps) await connect(app);
  for (let quarter = 0; quarter < quarters; quarter++) {
    onQuarter(quarter, quarters);
    if (quarter > 0 && quarter % quartersPerToken === 0) await control.expireAccessTokens();
    const outcomes = await withinTime(
      Promise.all(apps.map((app) => app.burst(screen))),
      'One quarter of an hour of the day',
    );
    calls += apps.length * screen.length;
    failedCalls += outcomes.reduce((sum, { failed }) => sum + failed, 0);
    for (const [index, { isSignedOut }] of outcomes.entries()) if (isSignedOut) await connect(apps[index]!);
    if (quarter % 4 === 3) requestsByHour.push(await requestsSoFar());
  }
  const { requests, tokenRequests } = await control.counts();
  return {
    signIns: signIns() - signInsBefore,
    signInWindows: requests[authorizeRequest] ?? 0,
    tokenRequests: Object.values(tokenRequests).reduce((sum, count) => sum + count, 0),
    failedCalls,
    calls,
    requestsByHour,
  };
}
