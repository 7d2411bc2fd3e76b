import jsforce from 'jsforce';
import { administratorToken, type RunningRestApi, startRestApi } from '../sandbox/org/rest/runningRestApi.ts';

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

describe('jsforce, an independent client,', () => {
  it('keeps a file as a version of a document', async () => {
    const connection = new jsforce.Connection({
      instanceUrl: api.url,
      accessToken: administratorToken,
      version: '66.0',
    });
    const versions = connection.sobject('ContentVersion');
    const VersionData = Buffer.from('terms').toString('base64');
    const { id } = await versions.create({ Title: 'Terms', PathOnClient: 'terms.txt', VersionData });
    const { ContentDocumentId } = await versions.retrieve(String(id));
    const document = await connection.sobject('ContentDocument').retrieve(String(ContentDocumentId));
    expect(document).toMatchObject({ Title: 'Terms', FileExtension: 'txt', LatestPublishedVersionId: id });
    const chunks: Buffer[] = [];
    for await (const chunk of versions.record(String(id)).blob('VersionData')) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('terms');
  });
});
