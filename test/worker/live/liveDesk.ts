import type { LiveTarget } from '../../../src/channel/liveMessages.ts';
import type { Outcome } from '../../../src/outcomes/failure.ts';
import { LiveDesk } from '../../simulation/liveDesk.ts';
import { openLiveOrg, type LiveOrg } from '../../simulation/liveOrg.ts';
import { Heard } from '../../support/liveWorker.ts';
import { must } from '../../support/workerSession.ts';

type Row = Record<string, unknown>;

interface Listening {
  app?: string;
  page?: string;
  user?: 'morgan' | 'alex';
  isLookedAt?: boolean;
  cursor?: string | undefined;
  mayWait?: boolean;
}

/** One org for the tests of a file, in this process and in simulated time, and a desk of its own for each of them. */
export function useLiveDesk(options: Parameters<typeof openLiveOrg>[0] = {}) {
  let org: LiveOrg;
  let desks: LiveDesk[] = [];
  let subscriptions = 0;

  beforeAll(async () => {
    org = await openLiveOrg(options);
  });
  afterEach(() => {
    for (const desk of desks) desk.close();
    desks = [];
    // What one test has changed is no news for the next.
    org.time.pass(3_600_000);
  });

  return {
    get org(): LiveOrg {
      return org;
    },

    /** A desk on which both people are signed in. */
    open(pipeline?: ConstructorParameters<typeof LiveDesk>[2]) {
      const desk = new LiveDesk(org, undefined, pipeline);
      desks.push(desk);
      const sessions = { morgan: desk.signIn(org.administrator), alex: desk.signIn(org.banker) };

      /** Subscribes, and hears what is told. */
      function ask(target: LiveTarget, how: Listening = {}): { outcome: Outcome<null>; heard: Heard; id: string } {
        const { app = 'Blotter', page = app, user = 'morgan', isLookedAt = true, cursor, mayWait } = how;
        const heard = new Heard();
        const id = `s${(subscriptions += 1)}`;
        const asked = {
          subscriptionId: id,
          sessionId: sessions[user],
          target,
          isLookedAt,
          mayWait,
          ...(cursor !== undefined && { cursor }),
        };
        const outcome = desk.live.subscribe({ id: page, app, isPersons: false }, asked, (news) => heard.take(news));
        return { outcome, heard, id };
      }

      return {
        desk,
        sessions,
        ask,
        pass: (seconds: number) => desk.pass(seconds * 1_000),
        /** Subscribes, and waits for what is told first. */
        async listen(target: LiveTarget, how: Listening = {}): Promise<Heard> {
          const { outcome, heard } = ask(target, how);
          must(outcome);
          await desk.pass(200);
          return heard;
        },
        /** API requests that the org counts while this is done. */
        async asked(work: () => Promise<unknown>): Promise<number> {
          const before = org.asked();
          await work();
          return org.asked() - before;
        },
        /** Writes through the provider. */
        patch: (id: string, value: object, sObject = 'Contact') =>
          desk.write(sessions.morgan, {
            endpoint: `/services/data/v66.0/sobjects/${sObject}/${id}`,
            method: 'PATCH',
            value,
          }),
      };
    },

    /** Edits by somebody else, in the org itself. */
    create(sObject: string, values: Row): string {
      org.tick();
      return org.database.create(sObject, values, org.administrator);
    },
    update(sObject: string, id: string, values: Row): void {
      org.tick();
      org.database.update(sObject, id, values, org.administrator);
    },
    remove(sObject: string, id: string): void {
      org.tick();
      org.database.delete(sObject, id, org.administrator);
    },
    undelete(sObject: string, id: string): void {
      org.tick();
      org.database.undelete(sObject, id, org.administrator);
    },
  };
}

export const record = (id: string, fields = ['LastName'], sObject = 'Contact'): LiveTarget => ({
  kind: 'record',
  sObject,
  id,
  fields,
});
export const query = (soql: string): LiveTarget => ({ kind: 'query', soql });
export const contacts = (fields = ['LastName']): LiveTarget => ({ kind: 'sObject', sObject: 'Contact', fields });
