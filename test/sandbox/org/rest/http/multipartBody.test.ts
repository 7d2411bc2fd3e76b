import { readMultipartBody } from '../../../../../sandbox/org/rest/http/multipartBody.ts';

async function read(parts: [name: string, part: string | Blob][]): Promise<unknown> {
  const form = new FormData();
  for (const [name, part] of parts) {
    if (typeof part === 'string') form.append(name, part);
    else form.append(name, part, `${name}.bin`);
  }
  const sent = new Response(form);
  return readMultipartBody(Buffer.from(await sent.arrayBuffer()), sent.headers.get('content-type') ?? '');
}

const file = (...bytes: number[]): Blob => new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' });

describe('readMultipartBody', () => {
  it('puts a file into the field its part is named after', async () => {
    const body = await read([
      ['entity_attachment', '{"Name":"a.bin"}'],
      ['Body', file(0, 255, 13, 10, 45, 45)],
    ]);
    expect(body).toEqual({ Name: 'a.bin', Body: Buffer.from([0, 255, 13, 10, 45, 45]).toString('base64') });
  });

  it('gives each record of a collection the file it names', async () => {
    const record = (part: string) => ({
      attributes: { type: 'Attachment', binaryPartName: part, binaryPartNameAlias: 'Body' },
    });
    const body = await read([
      ['collection', JSON.stringify({ allOrNone: true, records: [record('two'), record('one'), { Name: 'no file' }] })],
      ['one', file(1)],
      ['two', file(2)],
    ]);
    expect(body).toEqual({
      allOrNone: true,
      records: [{ ...record('two'), Body: 'Ag==' }, { ...record('one'), Body: 'AQ==' }, { Name: 'no file' }],
    });
  });

  it.each<[string, [string, string | Blob][]]>([
    ['has no JSON part', [['Body', file(1)]]],
    ['has two JSON parts', [['a', '{}'], ['b', '{}']]],
    ['has JSON that is none', [['a', '{'], ['Body', file(1)]]],
    ['names a part that is not there', [['collection', '{"records":[{"attributes":{"binaryPartName":"x","binaryPartNameAlias":"Body"}}]}']]],
  ])('refuses a body that %s', async (_case, parts) => {
    await expect(read(parts)).rejects.toMatchObject({ status: 400, errorCode: 'JSON_PARSER_ERROR' });
  });

  it('refuses a body whose parts have no end', async () => {
    const cut = readMultipartBody(Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n{}'), 'multipart/form-data; boundary=x');
    await expect(cut).rejects.toMatchObject({ status: 400, errorCode: 'JSON_PARSER_ERROR' });
  });
});
