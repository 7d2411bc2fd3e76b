import fc from 'fast-check';
import { asReply, decodeBody, readAnswer } from '../../src/worker/bodyCodec.ts';
import { success } from '../../src/outcomes/failure.ts';
import { must } from '../support/workerSession.ts';

/** Body and type of an answer as they cross the channel. */
async function encodeBody(response: Response, limitBytes: number, answerAs?: 'bytes') {
  const { type, body, size } = await readAnswer(response, limitBytes, answerAs);
  const { status: _, ...rest } = must(
    asReply(success({ status: response.status, ...(type && { type }), ...(body && { body }) })),
  );
  return { ...rest, size };
}

describe('decodeBody', () => {
  it('sends nothing where there is no body', () => {
    expect(decodeBody(undefined)).toEqual({});
  });

  it('sends JSON as JSON and text as it is, both under the JSON content type unless the caller names another', () => {
    expect(decodeBody({ kind: 'json', value: { Name: 'Acme', Phone: null } })).toEqual({
      body: '{"Name":"Acme","Phone":null}',
      contentType: 'application/json',
    });
    expect(decodeBody({ kind: 'text', text: '<Contact/>' })).toEqual({
      body: '<Contact/>',
      contentType: 'application/json',
    });
  });

  it('keeps the order and repetition of form entries', () => {
    const { body, contentType } = decodeBody({
      kind: 'urlencoded',
      entries: [
        ['a', '1'],
        ['a', '2'],
        ['b', 'x y'],
      ],
    });
    expect(String(body)).toBe('a=1&a=2&b=x+y');
    expect(contentType).toBe('application/x-www-form-urlencoded');
  });

  it('rebuilds files and fields of a multipart form', async () => {
    const { body } = decodeBody({
      kind: 'multipart',
      parts: [
        { name: 'entity', value: '{}' },
        { name: 'file', base64: btoa('bytes'), type: 'text/plain', fileName: 'note.txt' },
      ],
    });
    const form = body as FormData;
    expect(form.get('entity')).toBe('{}');
    const file = form.get('file') as File;
    expect([file.name, file.type, await file.text()]).toEqual(['note.txt', 'text/plain', 'bytes']);
  });
});

describe('encodeBody', () => {
  const answer = (body: BodyInit | null, type?: string, status = 200) =>
    new Response(body, { status, ...(type && { headers: { 'content-type': type } }) });

  it('reads JSON, and keeps what only claims to be JSON as text', async () => {
    expect(await encodeBody(answer('{"a":1}', 'application/json;charset=UTF-8'), 1_000_000)).toEqual({
      size: 7,
      type: 'application/json;charset=UTF-8',
      body: { kind: 'json', value: { a: 1 } },
    });
    expect(await encodeBody(answer('<html>', 'application/json'), 1_000_000)).toMatchObject({
      body: { kind: 'text', text: '<html>' },
    });
  });

  it('reads XML and text as text', async () => {
    expect(await encodeBody(answer('<a/>', 'application/xml'), 1_000_000)).toMatchObject({
      body: { kind: 'text', text: '<a/>' },
    });
    expect(await encodeBody(answer('a,b', 'text/csv'), 1_000_000)).toMatchObject({
      body: { kind: 'text', text: 'a,b' },
    });
  });

  it('has no body for 204 and for answers without a content type', async () => {
    expect(await encodeBody(answer(null, undefined, 204), 1_000_000)).toEqual({ size: 0 });
    expect(await encodeBody(answer(new Uint8Array([1])), 1_000_000)).toEqual({ size: 0 });
  });

  const latin1 = Uint8Array.from([
    0x4e, 0x61, 0x6d, 0x65, 0x2c, 0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68,
  ]) as Uint8Array<ArrayBuffer>;
  const asBytes = { body: { kind: 'bytes', base64: Buffer.from(latin1).toString('base64') } };

  it('reads text as its charset says (D5)', async () => {
    expect(await encodeBody(answer(latin1, 'text/csv; charset=ISO-8859-1'), 1_000)).toMatchObject({
      body: { kind: 'text', text: 'Name,Zürich' },
    });
    expect(await encodeBody(answer(latin1, 'text/csv;charset="windows-1252"'), 1_000)).toMatchObject({
      body: { kind: 'text', text: 'Name,Zürich' },
    });
    expect(
      await encodeBody(answer(new Uint8Array([0xff, 0xfe, 0x5a, 0, 0xfc, 0]), 'text/plain;charset=utf-16le'), 1_000),
    ).toMatchObject({ body: { kind: 'text', text: 'Zü' } });
  });

  it.each([
    'text/csv',
    'text/csv;charset=UTF-8',
    'text/plain;charset=of-its-own',
    'application/xml',
    'application/json',
    'application/x-www-form-urlencoded',
    'image/svg+xml',
    'text/html',
  ])('keeps bytes of %s that cannot be decoded without loss (D5)', async (type) => {
    expect(await encodeBody(answer(latin1, type), 1_000)).toMatchObject({ type, ...asBytes });
  });

  it('keeps a form whose escapes are no text, and reads one that means U+FFFD', async () => {
    expect(await encodeBody(answer('a=%FF', 'application/x-www-form-urlencoded'), 1_000)).toMatchObject({
      body: { kind: 'bytes' },
    });
    expect(await encodeBody(answer('a=%EF%BF%BD', 'application/x-www-form-urlencoded'), 1_000)).toMatchObject({
      body: { kind: 'urlencoded', entries: [['a', '\ufffd']] },
    });
  });

  it('gives bytes on request, under any content type and none (D5)', async () => {
    for (const type of ['application/json', 'text/csv', undefined]) {
      const { body } = await encodeBody(answer(new TextEncoder().encode('{"a":1}'), type), 1_000, 'bytes');
      expect(body).toMatchObject({ kind: 'bytes', base64: btoa('{"a":1}') });
    }
    expect(await encodeBody(answer(null, 'application/json', 204), 1_000, 'bytes')).toEqual({ size: 0 });
  });

  it('brings any bytes through unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100_000 }), async (bytes) => {
        const { body } = await encodeBody(
          answer(bytes as Uint8Array<ArrayBuffer>, 'application/octet-stream'),
          1_000_000,
        );
        expect(body?.kind).toBe('bytes');
        if (body?.kind !== 'bytes') return;
        const sent = decodeBody(body);
        expect(Buffer.from(sent.body as Uint8Array)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 30 },
    );
  });
});
