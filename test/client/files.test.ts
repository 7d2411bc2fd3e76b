import { downloadFile, ParameterError, query, record, soql, uploadFile, type NewFile } from '../../src/client/index.ts';
import { connectApp, rejection } from '../support/connectedApp.ts';
import { useOrg } from '../support/org.ts';

const org = useOrg({ contacts: 20 });
/** Every byte there is, what would end a part of a multipart body, and what is no UTF-8. */
const bytes = Uint8Array.from([
  ...Array.from({ length: 256 }, (_, index) => index),
  ...new TextEncoder().encode('\r\n--file-x--\r\n'),
  0xff,
  0xfe,
]);

describe('files', () => {
  it('go up and down with their bytes intact, and are found by their document and on their record', async () => {
    const { salesforce } = await connectApp(org.url);
    const linkTo = await record(salesforce, 'Account').create({ Name: 'With a file' });
    const told: unknown[] = [];
    const { versionId, documentId } = await uploadFile(
      salesforce,
      { name: 'Vertrag "final" – ü.v2.PDF', content: bytes, linkTo, description: 'signed' },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(told).toEqual([
      { loaded: 0, total: bytes.length },
      { loaded: bytes.length, total: bytes.length },
    ]);
    expect(new Uint8Array(await downloadFile(salesforce, versionId))).toEqual(bytes);
    expect(new Uint8Array(await downloadFile(salesforce, documentId))).toEqual(bytes);
    const version = record(salesforce, 'ContentVersion', versionId);
    expect(await version.read(['Title', 'PathOnClient', 'FileExtension', 'ContentSize', 'Description'])).toMatchObject({
      Title: 'Vertrag "final" – ü.v2',
      PathOnClient: 'Vertrag "final" – ü.v2.PDF',
      FileExtension: 'pdf',
      ContentSize: bytes.length,
      Description: 'signed',
    });
    const onRecord = soql`SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = ${linkTo}`;
    expect(await query(salesforce, onRecord).toArray()).toMatchObject([{ ContentDocumentId: documentId }]);
  });

  it('get newer versions, of which the document gives the latest', async () => {
    const { salesforce } = await connectApp(org.url);
    const first = await uploadFile(salesforce, { name: 'a.txt', content: new Blob(['first']) });
    const second = await uploadFile(salesforce, {
      name: 'a.txt',
      content: new TextEncoder().encode('second').buffer,
      documentId: first.documentId,
    });
    expect(second.documentId).toBe(first.documentId);
    const text = async (id: string) => new TextDecoder().decode(await downloadFile(salesforce, id));
    expect([await text(first.documentId), await text(first.versionId)]).toEqual(['second', 'first']);
  });

  it('may be empty, or megabytes long', async () => {
    const { salesforce } = await connectApp(org.url);
    const large = new Uint8Array(3_000_000).map((_, index) => (index * 7919) % 251);
    for (const content of [new Uint8Array(0), large]) {
      const { versionId } = await uploadFile(salesforce, { name: 'raw', content });
      expect(Buffer.compare(Buffer.from(await downloadFile(salesforce, versionId)), Buffer.from(content))).toBe(0);
    }
  });

  it('that are attachments are read too', async () => {
    const { salesforce } = await connectApp(org.url);
    const ParentId = await record(salesforce, 'Account').create({ Name: 'With an attachment' });
    const Body = Buffer.from(bytes).toString('base64');
    const id = await record(salesforce, 'Attachment').create({ ParentId, Name: 'a.bin', Body });
    expect(new Uint8Array(await downloadFile(salesforce, id))).toEqual(bytes);
  });

  const nobody = { executeApiRequest: () => Promise.reject(new Error('sent')) };
  const file = { name: 'a.txt', content: bytes };
  it.each<[string, () => Promise<unknown>]>([
    ['must be an object', () => uploadFile(nobody, null as never)],
    ['needs a name', () => uploadFile(nobody, { ...file, name: ' ' })],
    ['The content must be', () => uploadFile(nobody, { ...file, content: 'text' as never })],
    ['title must be a text', () => uploadFile(nobody, { ...file, title: 5 as never })],
    ['no record id', () => uploadFile(nobody, { ...file, linkTo: 'x' })],
    ['"link"', () => uploadFile(nobody, { ...file, link: 'x' } as NewFile)],
    ['onProgress', () => uploadFile(nobody, file, { onProgress: {} as never })],
    ['not the id of a ContentVersion', () => downloadFile(nobody, '003000000000001AAA')],
    ['no record id', () => downloadFile(nobody, 'latest')],
  ])('that are none are refused before anything is sent: %s', async (why, call) => {
    const failed = await rejection(call());
    expect(failed).toBeInstanceOf(ParameterError);
    expect((failed as Error).message).toContain(why);
  });
});
