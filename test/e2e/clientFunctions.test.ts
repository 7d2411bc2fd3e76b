import type { Frame, Page } from 'playwright-core';
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe('the functions beside the connection, in an app on the real desk', () => {
  const used = useDesk();
  let page: Page;
  let app: Frame;

  beforeEach(async () => {
    page = await openSignedIn(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
    app = await appFrame(page, used.desk, 'contacts');
  });
  afterEach(() => used.close(page.context()));

  it('read every page, write many records at once and find them by words', async () => {
    const seen = valueOf(
      await callAs(app, async ({ connect, count, query, records, search, soql, sosl, like }) => {
        const salesforce = await connect();
        const rows = Array.from({ length: 250 }, (_, index) => ({ LastName: `Lane & Sons' ${index}` }));
        const results = await records(salesforce, 'Contact').create(rows);
        const names = soql`SELECT Id, LastName FROM Contact WHERE LastName LIKE ${like`${"Lane & Sons'"} %`}`;
        const pages: string[] = [];
        for await (const { LastName } of query<{ LastName: string }>(salesforce, names, { batchSize: 200 })) {
          pages.push(LastName);
        }
        const found = await search(salesforce, sosl`FIND {${"Lane & Sons' 249"}} RETURNING Contact(Id, LastName)`);
        const deleted = await records(salesforce, 'Contact').delete(results.map(({ id }) => id!));
        return {
          saved: results.filter(({ success }) => success).length,
          pages: new Set(pages).size,
          found: found.length,
          deleted: deleted.filter(({ success }) => success).length,
          left: await count(salesforce, names),
        };
      }),
    );
    expect(seen).toEqual({ saved: 250, pages: 250, found: 1, deleted: 250, left: 0 });
  });

  it('send several requests as one, and files byte for byte', async () => {
    const seen = valueOf(
      await callAs(app, async ({ connect, composite, record, uploadFile, downloadFile }) => {
        const salesforce = await connect();
        const { account, contact } = await composite(
          salesforce,
          ({ create }) => {
            const parent = create('Account', { Name: 'Engines' });
            return {
              account: parent,
              contact: create('Contact', { LastName: 'Lovelace', AccountId: parent.ref('id') }),
            };
          },
          { allOrNone: true },
        );
        if (!account.ok || !contact.ok) throw new Error('refused');
        const { AccountId } = await record(salesforce, 'Contact', contact.data.id).read(['AccountId']);
        const content = new Uint8Array(1_000_000).map((_, index) => (index * 7919) % 251);
        const file = new File([content], 'engine.bin');
        const { documentId } = await uploadFile(salesforce, {
          name: file.name,
          content: file,
          linkTo: account.data.id,
        });
        const read = new Uint8Array(await downloadFile(salesforce, documentId));
        return {
          isParent: AccountId === account.data.id,
          isSame: read.length === content.length && read.every((byte, index) => byte === content[index]),
        };
      }),
    );
    expect(seen).toEqual({ isParent: true, isSame: true });
  });

  it('say what Salesforce says of a field', async () => {
    const { error } = await callAs(app, async ({ connect, record }) =>
      record(await connect(), 'Contact').create({ LastName: 'Lovelace', Email: 'nowhere' }),
    );
    expect(error).toMatchObject({ name: 'ApiRequestError', status: 400, message: expect.stringContaining('Email') });
  });
});
