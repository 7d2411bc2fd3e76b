import { failureOf, openTestOrg, type TestOrg } from '../testOrg.ts';

let org: TestOrg;
let ids: { ada: string; bob: string; lead: string; account: string };
const create = (type: string, values: Record<string, unknown>): string =>
  org.database.create(type, values, org.administrator);

beforeAll(async () => {
  org = await openTestOrg(50);
  ids = {
    account: create('Account', { Name: 'Looms' }),
    ada: create('Contact', { LastName: 'Ada' }),
    bob: create('Contact', { LastName: 'Bob' }),
    lead: create('Lead', { LastName: 'Lea', Company: 'Looms' }),
  };
});

describe('whom an activity is with', () => {
  it('may be several contacts, who are counted', () => {
    const task = create('Task', { Subject: 'x', WhoId: ids.ada });
    create('TaskRelation', { TaskId: task, RelationId: ids.bob });
    expect(
      org.select(`SELECT WhoCount, (SELECT RelationId FROM TaskRelations) FROM Task WHERE Id = '${task}'`),
    ).toMatchObject([{ WhoCount: 2, TaskRelations: { records: [{ RelationId: ids.bob }] } }]);
    const event = create('Event', { Subject: 'x', StartDateTime: '2026-03-01T12:00:00Z', DurationInMinutes: 30 });
    create('EventRelation', { EventId: event, RelationId: ids.bob, IsParent: true });
    expect(org.select(`SELECT WhoCount FROM Event WHERE Id = '${event}'`)).toMatchObject([{ WhoCount: 1 }]);
  });

  it('is one lead, which is related to nothing else', () => {
    const task = create('Task', { Subject: 'x', WhoId: ids.lead });
    const refused = { status: 400, errorCode: 'FIELD_INTEGRITY_EXCEPTION' };
    expect(failureOf(() => create('TaskRelation', { TaskId: task, RelationId: ids.lead }))).toMatchObject(refused);
    const both = { Subject: 'x', WhoId: ids.lead, WhatId: ids.account };
    for (const [type, values] of [
      ['Task', both],
      ['Event', { ...both, StartDateTime: '2026-03-01T12:00:00Z', DurationInMinutes: 30 }],
    ] as const)
      expect(failureOf(() => create(type, values))).toMatchObject({ ...refused, fields: ['WhatId'] });
  });

  it('goes with the activity', () => {
    const task = create('Task', { Subject: 'x', WhoId: ids.ada });
    create('TaskRelation', { TaskId: task, RelationId: ids.bob });
    org.database.delete('Task', task, org.administrator);
    expect(org.select(`SELECT Id FROM TaskRelation WHERE TaskId = '${task}'`)).toEqual([]);
  });
});
