import { shownSegments, storedMessage } from '../../../../../sandbox/org/rest/chatter/messageSegments.ts';

describe('storedMessage', () => {
  it('writes mentions, hashtags and links into the text and drops markup', () => {
    const body = {
      messageSegments: [
        { type: 'MarkupBegin' as const, markupType: 'Paragraph' },
        { type: 'Text' as const, text: 'Hello ' },
        { type: 'Mention' as const, id: '005A' },
        { type: 'Text' as const, text: ', see ' },
        { type: 'Link' as const, url: 'https://example.com' },
        { type: 'Text' as const, text: ' ' },
        { type: 'Hashtag' as const, tag: 'deal' },
        { type: 'MarkupEnd' as const, markupType: 'Paragraph' },
      ],
    };
    const nameOf = { user: (id: string) => `user ${id}`, record: (id: string) => `record ${id}` };
    expect(storedMessage(body, nameOf)).toEqual({
      text: 'Hello @user 005A, see https://example.com #deal',
      mentions: [{ userId: '005A', text: '@user 005A' }],
    });
  });
});

describe('shownSegments', () => {
  it('finds mentions, links and hashtags in a stored text', () => {
    const segments = shownSegments(
      'See https://example.com for @Ann #deal today',
      [{ userId: '005A', text: '@Ann' }],
      '66.0',
    );
    expect(segments.map(({ type, text }) => `${type}:${text}`)).toEqual([
      'Text:See ',
      'Link:https://example.com',
      'Text: for ',
      'Mention:@Ann',
      'Text: ',
      'Hashtag:#deal',
      'Text: today',
    ]);
  });
});
