import { bankerToken, call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

let api: RunningRestApi;
let account: string;
beforeAll(async () => {
  api = await startRestApi();
  const { body } = await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: { Name: 'Feed Bank' } });
  account = (body as { id: string }).id;
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

function post(text: string, subjectId = account) {
  const body = { body: { messageSegments: [{ type: 'Text', text }] }, feedElementType: 'FeedItem', subjectId };
  return call(api, '/v66.0/chatter/feed-elements', { method: 'POST', body });
}

describe('a feed', () => {
  it('shows the posts on a record page by page, newest first', async () => {
    for (const text of ['first', 'second', 'third']) {
      api.advance(2000);
      expect((await post(text)).status).toBe(201);
    }
    const texts = (body: unknown) =>
      (body as { elements: { body: { text: string } }[] }).elements.map((e) => e.body.text);
    const page = await call(api, `/v66.0/chatter/feeds/record/${account}/feed-elements?pageSize=2`);
    expect(texts(page.body)).toEqual(['third', 'second']);
    const { nextPageUrl } = page.body as { nextPageUrl: string };
    const next = await call(api, nextPageUrl.replace('/services/data', ''));
    expect(texts(next.body)).toEqual(['first']);
    expect(next.body).toMatchObject({ nextPageUrl: null });
    const news = await call(api, '/v66.0/chatter/feeds/news/me/feed-elements?pageSize=1');
    expect(texts(news.body)).toEqual(['third']);
  });

  it('hides posts on records that are not shared', async () => {
    await post('only for those who see the account');
    const everybody = await call(api, '/v66.0/query?q=SELECT Id FROM Account LIMIT 200');
    const headers = { Authorization: `Bearer ${bankerToken}` };
    const shared = await call(api, '/v66.0/query?q=SELECT Id FROM Account', { headers });
    const ids = (body: unknown): string[] => (body as { records: { Id: string }[] }).records.map((row) => row.Id);
    const hidden = ids(everybody.body).find((id) => !ids(shared.body).includes(id)) ?? '';
    expect((await post('a secret', hidden)).status).toBe(201);
    expect((await call(api, `/v66.0/chatter/feeds/record/${hidden}/feed-elements`, { headers })).status).toBe(404);
    const news = await call(api, '/v66.0/chatter/feeds/news/me/feed-elements?pageSize=100', { headers });
    expect(news.text).not.toContain('a secret');
  });

  it('refuses a post without a subject', async () => {
    const { status, body } = await call(api, '/v66.0/chatter/feed-elements', { method: 'POST', body: {} });
    expect([status, body]).toMatchObject([400, [{ errorCode: 'JSON_PARSER_ERROR' }]]);
  });

  it('lets a post be edited and deleted', async () => {
    const { body } = await post('tipo');
    const path = `/v66.0/chatter/feed-elements/${(body as { id: string }).id}`;
    const edited = await call(api, path, {
      method: 'PATCH',
      body: { body: { messageSegments: [{ type: 'Text', text: 'typo' }] } },
    });
    expect([edited.status, edited.body]).toMatchObject([200, { body: { text: 'typo' } }]);
    expect((await call(api, path, { method: 'DELETE' })).status).toBe(204);
    expect((await call(api, path)).status).toBe(404);
  });
});

describe('users', () => {
  it('are listed and found by name', async () => {
    const { body } = await call(api, '/v66.0/chatter/users?q=morgan');
    expect(body).toMatchObject({ users: [{ id: api.administrator.id, firstName: 'Morgan', type: 'User' }] });
  });
});
