import { failureOf, openTestOrg, type TestOrg } from '../testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(50);
});

const start = '2026-03-01T12:00:00Z';
const create = (values: Record<string, unknown>, apiVersion = '66.0'): string =>
  org.database.create('Event', { Subject: 'x', ...values }, { ...org.administrator, apiVersion });
const times = (id: string): Record<string, unknown> => {
  const { StartDateTime, EndDateTime, DurationInMinutes } = org.database.retrieve('Event', id, org.administrator);
  return {
    start: String(StartDateTime).slice(11, 16),
    end: String(EndDateTime).slice(11, 16),
    minutes: DurationInMinutes,
  };
};

describe('the times of an event', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a duration', { StartDateTime: start, DurationInMinutes: 30 }, { start: '12:00', end: '12:30', minutes: 30 }],
    [
      'an end',
      { StartDateTime: start, EndDateTime: '2026-03-01T13:15:00Z' },
      { start: '12:00', end: '13:15', minutes: 75 },
    ],
    [
      'both where they agree',
      { ActivityDateTime: start, EndDateTime: '2026-03-01T12:30:00Z', DurationInMinutes: 30 },
      { start: '12:00', end: '12:30', minutes: 30 },
    ],
    ['no length', { StartDateTime: start, DurationInMinutes: 0 }, { start: '12:00', end: '12:00', minutes: 0 }],
    [
      'a whole day',
      { ActivityDate: '2026-03-01', IsAllDayEvent: true },
      { start: '00:00', end: '00:00', minutes: 1440 },
    ],
  ])('follow from %s', (_case, values, expected) => {
    expect(times(create(values))).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'has no length',
      { StartDateTime: start },
      { errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [DurationInMinutes]' },
    ],
    [
      'has no times',
      {},
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [DurationInMinutes, ActivityDateTime]',
      },
    ],
    [
      'ends before it starts',
      { StartDateTime: start, EndDateTime: '2026-03-01T11:59:00Z' },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['EndDateTime'] },
    ],
    [
      'lasts less than no time',
      { StartDateTime: start, DurationInMinutes: -1 },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['DurationInMinutes'] },
    ],
    [
      'lasts more than two weeks',
      { StartDateTime: start, DurationInMinutes: 20_161 },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['DurationInMinutes'] },
    ],
    [
      'has an end that its duration contradicts',
      { StartDateTime: start, EndDateTime: '2026-03-01T13:00:00Z', DurationInMinutes: 30 },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
    ],
    [
      'has two starts',
      { StartDateTime: start, ActivityDateTime: '2026-03-01T13:00:00Z', DurationInMinutes: 30 },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
    ],
    [
      'is on another day',
      { StartDateTime: start, ActivityDate: '2026-03-02', DurationInMinutes: 30 },
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
    ],
  ])('refuse an event that %s', (_case, values, failure) => {
    expect(failureOf(() => create(values))).toMatchObject({ status: 400, ...failure });
  });

  it('tell old versions of the duration what they tell new ones of the end', () => {
    const backwards = { StartDateTime: start, EndDateTime: '2026-03-01T11:00:00Z' };
    expect(failureOf(() => create(backwards, '38.0')).fields).toEqual(['DurationInMinutes']);
    expect(failureOf(() => create(backwards, '39.0')).fields).toEqual(['EndDateTime']);
  });

  it('move with the start, and stop where an update says', () => {
    const id = create({ StartDateTime: start, DurationInMinutes: 60 });
    const update = (values: Record<string, unknown>): void =>
      org.database.update('Event', id, values, org.administrator);
    update({ StartDateTime: '2026-03-01T12:30:00Z' });
    expect(times(id)).toEqual({ start: '12:30', end: '13:30', minutes: 60 });
    update({ StartDateTime: '2026-03-01T12:45:00Z', EndDateTime: '2026-03-01T13:30:00Z' });
    expect(times(id)).toEqual({ start: '12:45', end: '13:30', minutes: 45 });
    expect(failureOf(() => update({ EndDateTime: '2026-03-01T12:00:00Z' })).errorCode).toBe(
      'FIELD_INTEGRITY_EXCEPTION',
    );
    expect(failureOf(() => update({ EndDateTime: null, DurationInMinutes: null })).errorCode).toBe(
      'REQUIRED_FIELD_MISSING',
    );
    expect(times(id)).toEqual({ start: '12:45', end: '13:30', minutes: 45 });
  });
});
