import { z } from 'zod';

/** Parts of a post as a client writes them (Connect REST API guide, "Message Body Input"). */
const segmentInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Text'), text: z.string() }),
  z.object({ type: z.literal('Link'), url: z.string() }),
  z.object({ type: z.literal('Hashtag'), tag: z.string() }),
  z.object({ type: z.literal('Mention'), id: z.string() }),
  z.object({ type: z.literal('EntityLink'), entityId: z.string() }),
  z.object({ type: z.literal('MarkupBegin'), markupType: z.string() }),
  z.object({ type: z.literal('MarkupEnd'), markupType: z.string() }),
]);
export const messageBody = z.object({ messageSegments: z.array(segmentInput).min(1) });

export type MessageBody = z.infer<typeof messageBody>;

/** A part of a post as it is shown. */
type MessageSegment =
  | { type: 'Text'; text: string }
  | { type: 'Link'; text: string; url: string }
  | { type: 'Hashtag'; text: string; tag: string; url: string; topicUrl: null };

const LINK_OR_HASHTAG = /(https?:\/\/[^\s<>"]+|#\w+)/;

/** The text a post is stored as. Paragraph ends become line breaks, other markup is dropped. */
export function plainText({ messageSegments }: MessageBody, nameOf: (id: string) => string): string {
  const parts = messageSegments.map((segment) => {
    if (segment.type === 'Text') return segment.text;
    if (segment.type === 'Link') return segment.url;
    if (segment.type === 'Hashtag') return `#${segment.tag}`;
    if (segment.type === 'Mention') return `@${nameOf(segment.id)}`;
    if (segment.type === 'EntityLink') return nameOf(segment.entityId);
    return segment.type === 'MarkupEnd' && segment.markupType === 'Paragraph' ? '\n' : '';
  });
  return parts.join('').trim();
}

/** Finds links and hashtags in a stored post again. */
export function messageSegments(text: string, apiVersion: string): MessageSegment[] {
  return text
    .split(LINK_OR_HASHTAG)
    .filter((part) => part !== '')
    .map((part): MessageSegment => {
      if (/^https?:\/\//.test(part)) return { type: 'Link', text: part, url: part };
      if (!/^#\w+$/.test(part)) return { type: 'Text', text: part };
      const url = `/services/data/v${apiVersion}/chatter/feed-elements?q=${encodeURIComponent(part)}`;
      return { type: 'Hashtag', text: part, tag: part.slice(1), url, topicUrl: null };
    });
}
