import { createRowStore } from '../../../../sandbox/org/database/rowStore.ts';
import { orgSchema } from '../../../../sandbox/org/database/schema/orgSchema.ts';
import type { StoredRow } from '../../../../sandbox/org/database/schema/objectDefinition.ts';
import { openSqlEngine } from '../../../../sandbox/org/database/sqlEngine.ts';
import { createTables } from '../../../../sandbox/org/database/tables.ts';

const role = orgSchema.objects.find((object) => object.name === 'UserRole');
if (!role) throw new Error('no roles');

describe('insertAll', () => {
  it('stores the same as insert does, in the order given, whatever columns each row has', async () => {
    const engine = await openSqlEngine();
    createTables(engine, orgSchema.objects);
    const store = createRowStore(engine);
    const rows: StoredRow[] = [
      { Id: '00E000000000003AAA', Name: 'Third', ParentRoleId: null },
      { Id: '00E000000000001AAA', Name: "O'First", DeveloperName: 'first' },
      { Id: '00E000000000002AAA', Name: 'Zweité', ParentRoleId: '00E000000000001AAA' },
    ];
    const stored = (): unknown => engine.rows('SELECT * FROM "UserRole" ORDER BY rowid');
    for (const row of rows) store.insert(role, row);
    const oneByOne = stored();
    engine.run('DELETE FROM "UserRole"');
    store.insertAll(role, rows);
    expect(stored()).toEqual(oneByOne);
    expect(store.read(role, '00E000000000001AAA')).toMatchObject({ DeveloperName: 'first', ParentRoleId: null });
  });
});
