import { readMultipartBody } from '../../../../../sandbox/org/rest/http/multipartBody.ts';

/** A part as it stands in the body: its header lines, then its content. */
type Part = [headers: string[], content: Buffer | string];

const disposition = (name: string, more = ''): string => `Content-Disposition: form-data; name="${name}"${more}`;
const json = (value: unknown, name = 'entity_document', more = ''): Part => [
  [disposition(name, more), 'Content-Type: application/json'],
  typeof value === 'string' ? value : JSON.stringify(value),
];
const file = (name: string, ...bytes: number[]): Part => [
  [disposition(name, `; filename="${name}.bin"`), 'Content-Type: application/octet-stream'],
  Buffer.from(bytes),
];

function read(parts: Part[]): Promise<unknown> {
  const written = parts.flatMap(([headers, content]) => [`--x\r\n${headers.join('\r\n')}\r\n\r\n`, content, '\r\n']);
  return readMultipartBody(
    Buffer.concat([...written, '--x--\r\n'].map((piece) => Buffer.from(piece))),
    'multipart/form-data; boundary=x',
  );
}

describe('readMultipartBody', () => {
  it('puts a file into the field its part is named after', async () => {
    const body = await read([json({ Name: 'a.bin' }), file('Body', 0, 255, 13, 10, 45, 45)]);
    expect(body).toEqual({ Name: 'a.bin', Body: Buffer.from([0, 255, 13, 10, 45, 45]).toString('base64') });
  });

  it('gives each record of a collection the file it names', async () => {
    const record = (part: string) => ({
      attributes: { type: 'Attachment', binaryPartName: part, binaryPartNameAlias: 'Body' },
    });
    const body = await read([
      json({ allOrNone: true, records: [record('two'), record('one'), { Name: 'no file' }] }, 'collection'),
      file('one', 1),
      file('two', 2),
    ]);
    expect(body).toEqual({
      allOrNone: true,
      records: [{ ...record('two'), Body: 'Ag==' }, { ...record('one'), Body: 'AQ==' }, { Name: 'no file' }],
    });
  });

  // https://github.com/silkimen/cordova-plugin-advanced-http/pull/343
  it('takes JSON that is a Blob with an empty file name', async () => {
    const form = new FormData();
    form.append('entity_document', new Blob(['{"Name":"a.bin"}'], { type: 'application/json' }), '');
    form.append('Body', new Blob(['A']), 'a.bin');
    const sent = new Response(form);
    const body = await readMultipartBody(Buffer.from(await sent.arrayBuffer()), sent.headers.get('content-type') ?? '');
    expect(body).toEqual({ Name: 'a.bin', Body: 'QQ==' });
  });

  it('takes a disposition that ends in a semicolon, a boundary in quotes, and text around the parts', async () => {
    expect(await read([json({ Name: 'a' }, 'entity_document', ';'), file('Body', 65)])).toEqual({
      Name: 'a',
      Body: 'QQ==',
    });
    const around = `before\r\n--a b\r\n${disposition('record')}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{}\r\n--a b--\r\nafter`;
    expect(await readMultipartBody(Buffer.from(around), 'multipart/form-data; boundary="a b"')).toEqual({});
  });

  it.each<[string, Part[], string]>([
    // https://github.com/forcedotcom/SalesforceMobileSDK-Android/pull/2025
    [
      'has a record that does not say it is JSON',
      [[[disposition('entity_content')], '{"Title":"a"}'], file('VersionData', 1)],
      'Multipart message must include a non-binary part',
    ],
    ['has no record', [file('Body', 1)], 'Multipart message must include a non-binary part'],
    [
      'has a record with a file name',
      [json({}, 'record', '; filename="blob"')],
      'Multipart message must include a non-binary part',
    ],
    ['has two records', [json({}, 'a'), json({}, 'b')], 'Cannot include more than one non-binary part'],
    // https://github.com/frankframework/frankframework/issues/3917
    [
      'has two files for one record',
      [json({}), file('Body', 1), file('Name', 2)],
      'Cannot include more than one binary part',
    ],
  ])('refuses a body that %s', async (_case, parts, message) => {
    await expect(read(parts)).rejects.toMatchObject({ status: 400, errorCode: 'INVALID_MULTIPART_REQUEST', message });
  });

  it.each<[string, Part[]]>([
    ['is no JSON', [json('{'), file('Body', 1)]],
    [
      'names a part that is not there',
      [json({ records: [{ attributes: { binaryPartName: 'x', binaryPartNameAlias: 'Body' } }] })],
    ],
  ])('refuses a record that %s', async (_case, parts) => {
    await expect(read(parts)).rejects.toMatchObject({ status: 400, errorCode: 'JSON_PARSER_ERROR' });
  });

  it.each([
    ['has no end', `--x\r\n${disposition('a')}\r\n\r\n{}`, 'multipart/form-data; boundary=x'],
    ['has no boundary', `--x\r\n${disposition('a')}\r\n\r\n{}\r\n--x--`, 'multipart/form-data'],
    ['has no parts', 'nothing', 'multipart/form-data; boundary=x'],
    ['is empty', '', 'multipart/form-data; boundary=x'],
  ])('refuses a body that %s', async (_case, body, type) => {
    await expect(readMultipartBody(Buffer.from(body), type)).rejects.toMatchObject({
      status: 400,
      errorCode: 'INVALID_MULTIPART_REQUEST',
    });
  });
});
