import { openTestOrg } from './testOrg.ts';
import type { TestOrg } from './testOrg.ts';

let org: TestOrg;
beforeEach(async () => {
  org = await openTestOrg(20);
});

const post = '0D5000000000001AAA';
const comment = '0D7000000000001AAA';
const ann = { userId: '005000000000001AAA', text: '@Ann' };
const annLee = { userId: '005000000000002AAA', text: '@Ann Lee' };

describe('mentions', () => {
  it('are found by record, longer texts first, and by person', () => {
    const { mentions } = org.database;
    mentions.write(post, [ann, annLee]);
    mentions.write(comment, [ann]);
    expect([...mentions.of([post, comment, '0D5000000000009AAA'])]).toEqual([
      [post, [annLee, ann]],
      [comment, [ann]],
    ]);
    expect(mentions.recordsMentioning(ann.userId)).toEqual(new Set([post, comment]));
    mentions.write(post, [annLee]);
    expect(mentions.recordsMentioning(ann.userId)).toEqual(new Set([comment]));
  });

  it('go with the transaction they were written in', () => {
    const { database } = org;
    database.mentions.write(comment, [ann]);
    const work = (): void => {
      database.mentions.write(comment, [annLee]);
      throw new Error('no');
    };
    expect(() => database.transaction(work)).toThrow('no');
    expect(database.mentions.of([comment]).get(comment)).toEqual([ann]);
  });
});
