import { createApiRequests } from './apiRequests.ts';
import { HeldSessions } from './heldSessions.ts';
import { createLanes } from './lanes.ts';
import { createLive } from './live/live.ts';
import { createOrgClock } from './orgClock.ts';
import { createOrgs } from './orgs.ts';
import { createCallRecords } from './pipeline/callRecords.ts';
import { createDoor, type CallRecord } from './pipeline/door.ts';
import { createRequestPipeline } from './requestPipeline.ts';
import type { WorkerSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';
import type { WorkerEvents } from './workerVerbs.ts';

/** What callers' requests go through, from the door to the sessions, and what is told of them. */
export function workerParts(settings: WorkerSettings, events: WorkerEvents, environment: WorkerEnvironment) {
  const clock = createOrgClock(environment);
  const orgs = createOrgs({
    settings,
    environment,
    clock,
    onNotBound: (orgUrl) => events.trouble({ kind: 'notBound', orgUrl, willBeSentLater: false }),
  });
  const held = new HeldSessions({
    settings,
    environment,
    clock,
    orgs,
    events: {
      sessionLost: (sessionId, why) => events.sessionLost(sessionId, why),
      trouble: (trouble) => events.trouble(trouble),
      sessionRecovered(sessionId) {
        events.sessionRecovered(sessionId);
        live.wake();
      },
    },
  });
  const requests = createApiRequests({ settings, environment, held });
  const pipeline = createRequestPipeline({
    settings,
    environment,
    events,
    held,
    requests,
    onWritten: (org, write) => live.written(org, write),
    confirmedRow: (sessionId, read) => live.confirmedRow(sessionId, read),
  });
  const records = createCallRecords({
    nextTask: environment.nextTask,
    deliver: (...delivered) => events.called(...delivered),
  });
  const record = (call: Omit<CallRecord, 'at'>, cause?: unknown): void =>
    records.add({ at: new Date(environment.now()).toISOString(), ...call }, cause);
  const door = createDoor({
    apiVersion: settings.apiVersion,
    requestTimeoutMs: settings.requestTimeoutMs,
    longestRequestMs: settings.limits.longestRequestMs,
    ask: pipeline.ask,
    onCall: record,
  });
  const live = createLive({
    settings: settings.pipeline.live,
    apiVersion: settings.apiVersion,
    requestTimeoutMs: settings.requestTimeoutMs,
    environment,
    ask: pipeline.ask,
    mayUse: door.mayUse,
    orgOf: (sessionId) => held.find(sessionId)?.organizationId ?? sessionId,
    orgTime: () => (clock.isTrusted() ? clock.seconds() * 1_000 : undefined),
    backgroundOf: pipeline.backgroundOf,
    onFault: (cause) =>
      record({ app: 'provider', action: 'live', correlationId: crypto.randomUUID(), outcome: 'INTERNAL' }, cause),
  });
  const lanes = createLanes(door, live);
  return { clock, orgs, held, requests, pipeline, door, live, lanes, records };
}
