import { bankerToken, call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

let api: RunningRestApi;
let account: string;
beforeAll(async () => {
  api = await startRestApi();
});
beforeEach(async () => {
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

const asBanker = { Authorization: `Bearer ${bankerToken}` };

interface Element {
  id: string;
  body: { text: string; messageSegments: { type: string; text: string }[] };
  capabilities: {
    comments: { page: { total: number; items: { id: string; body: { text: string } }[] } };
    chatterLikes: { isLikedByCurrentUser: boolean; myLike: { id: string } | null; page: { total: number } };
  };
}

const idOf = ({ body }: { body: unknown }): string => (body as { id: string }).id;
const chatter = (path: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) =>
  call(api, `/v66.0/chatter${path}`, { method, ...(body === undefined ? {} : { body }), headers });
const text = (words: string) => ({ body: { messageSegments: [{ type: 'Text', text: words }] } });
const textsOf = ({ body }: { body: unknown }): string[] =>
  (body as { elements: Element[] }).elements.map((element) => element.body.text);

/** An account the banker does and one they do not see. */
async function accounts(): Promise<{ shared: string; hidden: string }> {
  const ids = async (headers: Record<string, string>): Promise<string[]> => {
    const { body } = await call(api, '/v66.0/query?q=SELECT Id FROM Account ORDER BY Id', { headers });
    return (body as { records: { Id: string }[] }).records.map((row) => row.Id);
  };
  const shared = await ids(asBanker);
  const hidden = (await ids({})).find((id) => !shared.includes(id));
  return { shared: shared[0] ?? '', hidden: hidden ?? '' };
}

describe('a conversation', () => {
  it('keeps comments in order, shows them with the post, and counts them', async () => {
    const id = idOf(await post('What do you think?'));
    const items = `/feed-elements/${id}/capabilities/comments/items`;
    for (const words of ['one', 'two', 'three', 'four']) {
      api.advance(1000);
      const created = await chatter(items, 'POST', text(words));
      expect([created.status, created.body]).toMatchObject([
        201,
        { body: { text: words }, feedElement: { id }, type: 'TextComment', user: { id: api.administrator.id } },
      ]);
    }
    const page = await chatter(`${items}?pageSize=3`);
    expect(page.body).toMatchObject({
      total: 4,
      items: [{ body: { text: 'one' } }, { body: { text: 'two' } }, { body: { text: 'three' } }],
    });
    const { nextPageUrl } = page.body as { nextPageUrl: string };
    const rest = await call(api, nextPageUrl.replace('/services/data', ''));
    expect(rest.body).toMatchObject({ items: [{ body: { text: 'four' } }], nextPageUrl: null });
    const element = (await chatter(`/feed-elements/${id}`)).body as Element;
    expect(element.capabilities.comments.page.total).toBe(4);
    expect(element.capabilities.comments.page.items.map((item) => item.body.text)).toEqual(['two', 'three', 'four']);
    const { body } = await call(api, `/v66.0/query?q=SELECT CommentCount, LikeCount FROM FeedItem WHERE Id = '${id}'`);
    expect(body).toMatchObject({ records: [{ CommentCount: 4, LikeCount: 0 }] });
  });

  it('lets the author and nobody else edit and delete a comment', async () => {
    const { shared } = await accounts();
    const id = idOf(await post('Open question', shared));
    const items = `/feed-elements/${id}/capabilities/comments/items`;
    const mine = idOf(await chatter(items, 'POST', text('mine')));
    const theirs = idOf(await chatter(items, 'POST', text('thiers'), asBanker));
    const edited = await chatter(`/comments/${theirs}`, 'PATCH', text('theirs'), asBanker);
    expect([edited.status, edited.body]).toMatchObject([200, { body: { text: 'theirs' } }]);
    const refused = await chatter(`/comments/${mine}`, 'DELETE', undefined, asBanker);
    expect(refused.body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }]);
    expect((await chatter(`/feed-elements/${id}`, 'DELETE', undefined, asBanker)).status).toBe(400);
    expect((await chatter(`/comments/${theirs}`, 'DELETE', undefined, asBanker)).status).toBe(204);
    expect((await chatter(`/comments/${theirs}`)).status).toBe(404);
    expect((await chatter(items)).body).toMatchObject({ total: 1, items: [{ id: mine }] });
    expect((await chatter(`/feed-elements/${id}`, 'DELETE')).status).toBe(204);
    expect((await chatter(`/comments/${mine}`)).status).toBe(404);
  });

  it('counts one like for each person, tells whose it is, and forgets it when it is taken back', async () => {
    const { shared } = await accounts();
    const id = idOf(await post('Likeable', shared));
    const items = `/feed-elements/${id}/capabilities/chatter-likes/items`;
    const first = await chatter(items, 'POST');
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        likedItem: { id, url: `/services/data/v66.0/chatter/feed-elements/${id}` },
        user: { id: api.administrator.id },
      },
    ]);
    expect(idOf(await chatter(items, 'POST'))).toBe(idOf(first));
    const likes = async (headers: Record<string, string> = {}) =>
      ((await chatter(`/feed-elements/${id}`, 'GET', undefined, headers)).body as Element).capabilities.chatterLikes;
    expect(await likes()).toMatchObject({
      isLikedByCurrentUser: true,
      myLike: { id: idOf(first) },
      likesMessage: { text: 'You like this.' },
      page: { total: 1 },
    });
    expect(await likes(asBanker)).toMatchObject({
      isLikedByCurrentUser: false,
      myLike: null,
      likesMessage: { text: 'Morgan Reed likes this.' },
    });
    await chatter(items, 'POST', undefined, asBanker);
    expect((await chatter(items)).body).toMatchObject({
      total: 2,
      likesMessage: { text: 'You and 1 other like this.' },
      items: [{ user: { id: api.administrator.id } }, { user: { id: api.banker.id } }],
    });
    expect((await chatter(`/likes/${idOf(first)}`, 'DELETE', undefined, asBanker)).status).toBe(400);
    expect((await chatter(`/likes/${idOf(first)}`, 'DELETE')).status).toBe(204);
    expect(await likes()).toMatchObject({ isLikedByCurrentUser: false, myLike: null, page: { total: 1 } });
    expect((await chatter(`/likes/${idOf(first)}`)).status).toBe(404);
  });

  it('lets a comment be liked by itself', async () => {
    const id = idOf(await post('Post'));
    const comment = idOf(await chatter(`/feed-elements/${id}/capabilities/comments/items`, 'POST', text('Comment')));
    const like = await chatter(`/comments/${comment}/likes`, 'POST');
    expect(like.body).toMatchObject({ likedItem: { id: comment } });
    expect((await chatter(`/comments/${comment}`)).body).toMatchObject({
      myLike: { id: idOf(like) },
      likes: { total: 1 },
    });
    const element = (await chatter(`/feed-elements/${id}`)).body as Element;
    expect(element.capabilities.chatterLikes).toMatchObject({ isLikedByCurrentUser: false, page: { total: 0 } });
  });

  it('is closed to those who do not see the record', async () => {
    const { hidden } = await accounts();
    const id = idOf(await post('Not for everybody', hidden));
    const comments = `/feed-elements/${id}/capabilities/comments/items`;
    const comment = idOf(await chatter(comments, 'POST', text('Nor this')));
    const like = idOf(await chatter(`/comments/${comment}/likes`, 'POST'));
    for (const [path, method, body] of [
      [comments, 'GET', undefined],
      [comments, 'POST', text('Let me in')],
      [`/feed-elements/${id}/capabilities/chatter-likes/items`, 'POST', undefined],
      [`/comments/${comment}`, 'GET', undefined],
      [`/comments/${comment}/likes`, 'POST', undefined],
      [`/likes/${like}`, 'GET', undefined],
    ] as const) {
      expect([path, method, (await chatter(path, method, body, asBanker)).status]).toEqual([path, method, 404]);
    }
    const found = await call(api, `/v66.0/query?q=SELECT Id FROM FeedComment WHERE Id = '${comment}'`, {
      headers: asBanker,
    });
    expect(found.body).toMatchObject({ totalSize: 0 });
  });
});

describe('the feeds', () => {
  const feed = async (path: string, headers: Record<string, string> = {}) =>
    textsOf(await chatter(`/feeds/${path}/feed-elements?pageSize=100`, 'GET', undefined, headers));
  const mention = (words: string, id: string) => ({
    body: {
      messageSegments: [
        { type: 'Text', text: words },
        { type: 'Mention', id },
      ],
    },
  });

  it('have each their own posts', async () => {
    const visible = await call(api, '/v66.0/query?q=SELECT Id, OwnerId FROM Account', { headers: asBanker });
    const rows = (visible.body as { records: { Id: string; OwnerId: string }[] }).records;
    const owned = rows.find((row) => row.OwnerId === api.banker.id)?.Id ?? '';
    const foreign = rows.find((row) => row.OwnerId !== api.banker.id)?.Id ?? '';
    await post('on a record they own', owned);
    await post('on a record they only see', foreign);
    await post('on their profile', api.banker.id);
    await chatter('/feed-elements', 'POST', { ...mention('ask ', api.banker.id), subjectId: foreign });
    const commented = idOf(await post('commented with a mention', foreign));
    await chatter(`/feed-elements/${commented}/capabilities/comments/items`, 'POST', mention('see ', api.banker.id));
    await chatter('/feed-elements', 'POST', { ...text('written by them'), subjectId: foreign }, asBanker);

    const news = await feed('news/me', asBanker);
    const profile = await feed(`user-profile/${api.banker.id}`);
    const company = await feed('company', asBanker);
    const record = await feed(`record/${foreign}`);
    const mine = ['written by them', 'commented with a mention', 'ask @Alex Chen', 'on their profile'];
    expect(
      news.filter((words) => [...mine, 'on a record they own', 'on a record they only see'].includes(words)),
    ).toEqual([...mine, 'on a record they own']);
    expect(profile).toEqual(expect.arrayContaining(mine));
    expect(profile).not.toContain('on a record they own');
    expect(company).toEqual(expect.arrayContaining([...mine, 'on a record they own', 'on a record they only see']));
    expect(record).toEqual(expect.arrayContaining(['on a record they only see', 'written by them']));
    expect(record).not.toContain('on a record they own');
    expect((await chatter(`/feeds/news/${api.banker.id}/feed-elements`)).status).toBe(404);
  });

  it('show who is mentioned, and forget a mention that was edited away', async () => {
    const { shared } = await accounts();
    const created = await chatter('/feed-elements', 'POST', { ...mention('hello ', api.banker.id), subjectId: shared });
    expect((created.body as Element).body.messageSegments).toMatchObject([
      { type: 'Text', text: 'hello ' },
      { type: 'Mention', name: 'Alex Chen', record: { id: api.banker.id } },
    ]);
    const ids = async (): Promise<string[]> => {
      const { body } = await chatter(`/feeds/user-profile/${api.banker.id}/feed-elements?pageSize=100`);
      return (body as { elements: Element[] }).elements.map((element) => element.id);
    };
    expect(await ids()).toContain(idOf(created));
    await chatter(`/feed-elements/${idOf(created)}`, 'PATCH', text('hello'));
    expect(await ids()).not.toContain(idOf(created));
    const nobody = { ...mention('hello ', '005000000000009AAA'), subjectId: shared };
    expect((await chatter('/feed-elements', 'POST', nobody)).status).toBe(404);
  });

  it('put the post last talked about first when asked to', async () => {
    const old = idOf(await post('old'));
    api.advance(1000);
    await post('new');
    api.advance(1000);
    await chatter(`/feed-elements/${old}/capabilities/comments/items`, 'POST', text('still true?'));
    const sorted = (sort: string) => chatter(`/feeds/record/${account}/feed-elements?pageSize=2&sort=${sort}`);
    expect(textsOf(await sorted('CreatedDateDesc'))).toEqual(['new', 'old']);
    expect(textsOf(await sorted('LastModifiedDateDesc'))).toEqual(['old', 'new']);
  });

  it('keep their pages apart while posts are added in front', async () => {
    const { hidden } = await accounts();
    for (const words of ['first', 'second', 'third']) {
      api.advance(1000);
      await post(words, hidden);
    }
    const page = await chatter(`/feeds/record/${hidden}/feed-elements?pageSize=2`);
    expect(textsOf(page)).toEqual(['third', 'second']);
    api.advance(1000);
    await post('fourth', hidden);
    const { nextPageUrl } = page.body as { nextPageUrl: string };
    expect(textsOf(await call(api, nextPageUrl.replace('/services/data', '')))[0]).toBe('first');
  });

  it.each(['pageSize=0', 'pageSize=101', 'pageSize=x', 'page=0D5000000000000AAA'])('refuse %s', async (query) => {
    const { status, body } = await chatter(`/feeds/company/feed-elements?${query}`);
    expect([status, body]).toMatchObject([400, [{ errorCode: 'ILLEGAL_QUERY_PARAMETER_VALUE' }]]);
  });
});

describe('users', () => {
  it('are listed and found by name', async () => {
    const { body } = await call(api, '/v66.0/chatter/users?q=morgan');
    expect(body).toMatchObject({ users: [{ id: api.administrator.id, firstName: 'Morgan', type: 'User' }] });
  });
});
