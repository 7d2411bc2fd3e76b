import { OrgError } from '../../database/orgError.ts';
import { formatDateTime } from '../../database/storedDate.ts';
import type { Resource, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { requireObject } from './requireObject.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** How far back changes and deletions are kept (REST API guide, "sObject Get Updated", "Get Deleted"). */
const UPDATED_DAYS = 30;
const DELETED_DAYS = 15;

/** Ids changed or deleted between two moments, for clients that keep a copy. */
export function replicationResources({ database }: RestServices): Resource[] {
  return [
    {
      path: '/sobjects/:type/updated',
      methods: {
        GET(request) {
          const object = requireObject(request.params['type']);
          const { start, end } = readInterval(request, database.now(), UPDATED_DAYS);
          const ids = database.updatedBetween(object.name, start, end, request.context);
          const body = { ids, latestDateCovered: formatDateTime(end.getTime()) };
          return { status: 200, body, xml: { root: 'GetUpdatedResult' } };
        },
      },
    },
    {
      path: '/sobjects/:type/deleted',
      methods: {
        GET(request) {
          const object = requireObject(request.params['type']);
          const now = database.now();
          const { start, end } = readInterval(request, now, DELETED_DAYS);
          const deletedRecords = database
            .deletedBetween(object.name, start, end, request.context)
            .map(({ id, deletedDate }) => ({ deletedDate, id }));
          const body = {
            deletedRecords,
            earliestDateAvailable: formatDateTime(now - DELETED_DAYS * DAY_MS),
            latestDateCovered: formatDateTime(end.getTime()),
          };
          return { status: 200, body, xml: { root: 'GetDeletedResult' } };
        },
      },
    },
  ];
}

/** Seconds are ignored. @throws OrgError 400 `INVALID_REPLICATION_DATE`. */
function readInterval(request: RoutedRequest, now: number, days: number): { start: Date; end: Date } {
  const start = readMinute(request.query.get('start'), 'start');
  const end = readMinute(request.query.get('end'), 'end');
  if (end.getTime() - start.getTime() < MINUTE_MS) {
    throw replicationDate('endDate must be at least one minute greater than startDate');
  }
  if (start.getTime() < now - days * DAY_MS) throw replicationDate(`startDate cannot be more than ${days} days ago`);
  return { start, end };
}

/** A space stands for the `+` of a time zone that was not encoded. */
function readMinute(text: string | null, parameter: string): Date {
  const iso = (text ?? '').replace(/ (?=\d{2}:?\d{2}$)/, '+').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw replicationDate(`Invalid date in parameter ${parameter}`);
  return new Date(Math.floor(time / MINUTE_MS) * MINUTE_MS);
}

function replicationDate(message: string): OrgError {
  return new OrgError(400, 'INVALID_REPLICATION_DATE', message);
}
