import { messageSegments, plainText } from '../../../../../sandbox/org/rest/chatter/messageSegments.ts';

describe('plainText', () => {
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
    expect(plainText(body, (id) => `user ${id}`)).toBe('Hello @user 005A, see https://example.com #deal');
  });
});

describe('messageSegments', () => {
  it('finds links and hashtags in a stored text', () => {
    const segments = messageSegments('See https://example.com for #deal today', '66.0');
    expect(segments.map(({ type, text }) => `${type}:${text}`)).toEqual([
      'Text:See ',
      'Link:https://example.com',
      'Text: for ',
      'Hashtag:#deal',
      'Text: today',
    ]);
  });
});
