import { openTestOrg, type TestOrg } from './testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(50);
});

const VersionData = Buffer.from('contents').toString('base64');
function upload(more: object = {}, context = org.administrator): { version: string; document: string } {
  const values = { Title: 'Terms', PathOnClient: 'C:\\files\\terms.v1.PDF', VersionData, ...more };
  const version = org.database.create('ContentVersion', values, context);
  const row = org.database.retrieve('ContentVersion', version, context, ['ContentDocumentId']);
  return { version, document: String(row['ContentDocumentId']) };
}

describe('a version of a file', () => {
  it('makes its document, and knows type, size and checksum by itself', () => {
    const { version, document } = upload();
    const fields = ['FileExtension', 'FileType', 'ContentSize', 'Checksum', 'VersionNumber', 'IsLatest'];
    expect(org.database.retrieve('ContentVersion', version, org.administrator, fields)).toMatchObject({
      FileExtension: 'pdf',
      FileType: 'PDF',
      ContentSize: 8,
      Checksum: '98bf7d8c15784f0a3d63204441e1e2aa',
      VersionNumber: '1',
      IsLatest: true,
    });
    expect(document.slice(0, 3)).toBe('069');
    expect(org.database.retrieve('ContentDocument', document, org.administrator)).toMatchObject({
      Title: 'Terms',
      LatestPublishedVersionId: version,
    });
  });

  it('is the latest of its document when it is newer', () => {
    const first = upload();
    const second = upload({ ContentDocumentId: first.document, Title: 'Terms, signed' });
    expect(second.document).toBe(first.document);
    const versions = `SELECT Id, IsLatest, VersionNumber FROM ContentVersion WHERE ContentDocumentId = '${first.document}' ORDER BY VersionNumber`;
    expect(org.select(versions)).toMatchObject([
      { Id: first.version, IsLatest: false, VersionNumber: '1' },
      { Id: second.version, IsLatest: true, VersionNumber: '2' },
    ]);
    expect(org.database.retrieve('ContentDocument', first.document, org.administrator)).toMatchObject({
      Title: 'Terms, signed',
      LatestPublishedVersionId: second.version,
    });
  });

  it('is seen on the record that it was published to by whoever sees that, and else by its owner alone', () => {
    const [account] = org.database.query('SELECT Id FROM Account LIMIT 1', org.banker).records;
    const linked = upload({ FirstPublishLocationId: account!['Id'] });
    const own = upload();
    const seen = ({ document }: { document: string }) =>
      org.database.query(`SELECT Id FROM ContentVersion WHERE ContentDocumentId = '${document}'`, org.banker).totalSize;
    expect([seen(linked), seen(own)]).toEqual([1, 0]);
  });

  it('goes with its document, as what puts it on a record does', () => {
    const [account] = org.select('SELECT Id FROM Account LIMIT 1');
    const { document } = upload({ FirstPublishLocationId: account!['Id'] });
    org.database.delete('ContentDocument', document, org.administrator);
    for (const type of ['ContentVersion', 'ContentDocumentLink'])
      expect(org.select(`SELECT Id FROM ${type} WHERE ContentDocumentId = '${document}'`)).toEqual([]);
  });
});
