import type { EncodedBody } from '../../src/channel/encodedBody.ts';
import { judgeSubrequests } from '../../src/worker/subrequests.ts';

const composite = '/services/data/v66.0/composite';
const ok = { method: 'GET', url: '/services/data/v66.0/sobjects/Account/001', referenceId: 'a' };
const code = { method: 'POST', url: '/services/data/v66.0/sobjects/ApexClass', referenceId: 'b' };
const refused = { ok: false, error: { code: 'ENDPOINT_NOT_ALLOWED' } };
const allowed = { ok: true, data: null };
const json = (value: unknown): EncodedBody => ({ kind: 'json', value });
const bytes = (text: string, type = 'application/json'): EncodedBody => ({
  kind: 'bytes',
  base64: Buffer.from(text).toString('base64'),
  type,
});
const judge = (
  path: string,
  body: EncodedBody | undefined,
  type = body?.kind === 'bytes' ? body.type : 'application/json',
) =>
  judgeSubrequests(
    new URL(path, 'https://acme.my.salesforce.com'),
    body,
    { headers: new Headers({ 'content-type': type }) },
    { prefixes: ['/services/data'], allowed: [] },
  );

describe('the requests within a composite request', () => {
  it.each([
    [composite, { compositeRequest: [ok] }],
    [
      `${composite}/batch`,
      {
        batchRequests: [
          { method: 'GET', url: 'v66.0/query?q=SELECT+Id+FROM+Account' },
          { method: 'GET', url: '/services/data/v66.0/limits' },
        ],
      },
    ],
    [
      `${composite}/graph`,
      {
        graphs: [{ graphId: '1', compositeRequest: [{ ...ok, url: '/services/data/v66.0/sobjects/Account/@{a.id}' }] }],
      },
    ],
    [`${composite}/sobjects`, { records: [{ attributes: { type: 'Account' }, url: 'https://a.example' }] }],
    [composite, { compositeRequest: 'what the org refuses' }],
    [composite, null],
  ])('are sent with it: %s %j', async (path, value) => {
    for (const body of [
      json(value),
      { kind: 'text' as const, text: JSON.stringify(value) },
      bytes(JSON.stringify(value)),
    ])
      expect(await judge(path, body)).toEqual(allowed);
  });

  it.each([
    [composite, { compositeRequest: [ok, code] }],
    [composite, { compositeRequest: ['odd', null, code] }],
    [
      composite,
      { compositeRequest: [{ method: 'GET', url: '/services/data/v66.0/tooling/executeAnonymous/?anonymousBody=x' }] },
    ],
    [composite, { compositeRequest: [{ method: 'GET', url: '/services/oauth2/userinfo' }] }],
    [`${composite}.json`, { compositeRequest: [code] }],
    [`${composite}/batch`, { batchRequests: [{ method: 'post', url: 'v66.0/sobjects/ApexClass' }] }],
    [`${composite}/batch`, { batchRequests: [{ method: 'post', url: '//services/data/v66.0/sobjects/ApexClass' }] }],
    [`${composite}/graph`, { graphs: [{ graphId: '1', compositeRequest: [code] }] }],
    [
      `${composite}/sobjects`,
      { records: [{ attributes: { type: 'Account' } }, { attributes: { type: 'ApexClass' } }] },
    ],
    [composite, { compositeRequest: [{ method: 'POST', url: '@{a.Description}' }] }],
    [composite, { compositeRequest: [{ method: 'POST', url: '/services/data/v66.0/@{a.Name}/executeAnonymous' }] }],
    [composite, { compositeRequest: [{ method: 'POST', url: '/services/data/v66.0/sobjects/@{a.Name}' }] }],
  ])('are refused where each would be by itself: %s %j', async (path, value) => {
    for (const body of [
      json(value),
      { kind: 'text' as const, text: JSON.stringify(value) },
      bytes(JSON.stringify(value)),
    ])
      expect(await judge(path, body)).toMatchObject(refused);
  });

  it('are refused in a form that the org may read and this does not', async () => {
    const text = JSON.stringify({ compositeRequest: [ok] });
    expect(await judge(composite, { kind: 'text', text: '<batch/>' })).toMatchObject(refused);
    expect(await judge(composite, { kind: 'text', text }, 'application/xml')).toMatchObject(refused);
    expect(await judge(composite, { kind: 'text', text }, 'application/json; charset=utf-16')).toMatchObject(refused);
    expect(
      await judge(composite, {
        kind: 'bytes',
        base64: Buffer.from(text, 'utf16le').toString('base64'),
        type: 'application/json',
      }),
    ).toMatchObject(refused);
    expect(await judge(composite, { kind: 'multipart', parts: [] }, 'multipart/form-data')).toMatchObject(refused);
    expect(await judge(composite, { kind: 'text', text }, 'application/json; charset=UTF-8')).toEqual(allowed);
  });

  it("are the org's to refuse where it reads nothing in them", async () => {
    expect(await judge(composite, bytes('anything', 'application/octet-stream'))).toEqual(allowed);
    expect(await judge(composite, { kind: 'text', text: 'no JSON' })).toEqual(allowed);
    expect(await judge(composite, undefined)).toEqual(allowed);
  });

  it('are looked for nowhere else', async () =>
    expect(await judge('/services/data/v66.0/sobjects/Account', json({ compositeRequest: [code] }))).toEqual(allowed));
});
