import { z } from 'zod';
import { normalizeRecordId } from '../../../../src/salesforce/recordId.ts';
import type { Mention } from '../../database/mentions.ts';

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
  | { type: 'Hashtag'; text: string; tag: string; url: string; topicUrl: null }
  | {
      type: 'Mention';
      text: string;
      name: string;
      accessible: true;
      record: { id: string; type: 'User'; url: string };
    };

const LINK_OR_HASHTAG = /(https?:\/\/[^\s<>"]+|#\w+)/;

/**
 * What a message is stored as: its text, and whom it mentions. Paragraph ends become line breaks, other markup is
 * dropped.
 */
export function storedMessage(
  { messageSegments: segments }: MessageBody,
  nameOf: { user: (id: string) => string; record: (id: string) => string },
): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const parts = segments.map((segment) => {
    if (segment.type === 'Text') return segment.text;
    if (segment.type === 'Link') return segment.url;
    if (segment.type === 'Hashtag') return `#${segment.tag}`;
    if (segment.type === 'EntityLink') return nameOf.record(segment.entityId);
    if (segment.type === 'Mention') {
      const text = `@${nameOf.user(segment.id)}`;
      mentions.push({ userId: normalizeRecordId(segment.id) ?? segment.id, text });
      return text;
    }
    return segment.type === 'MarkupEnd' && segment.markupType === 'Paragraph' ? '\n' : '';
  });
  return { text: parts.join('').trim(), mentions };
}

/** Finds mentions, links and hashtags in a stored message again. */
export function shownSegments(text: string, mentions: readonly Mention[], apiVersion: string): MessageSegment[] {
  const [mention, ...others] = mentions;
  if (!mention) return linksAndHashtags(text, apiVersion);
  const segment: MessageSegment = {
    type: 'Mention',
    text: mention.text,
    name: mention.text.slice(1),
    accessible: true,
    record: { id: mention.userId, type: 'User', url: `/services/data/v${apiVersion}/chatter/users/${mention.userId}` },
  };
  return text
    .split(mention.text)
    .flatMap((part, index) => [...(index === 0 ? [] : [segment]), ...shownSegments(part, others, apiVersion)]);
}

function linksAndHashtags(text: string, apiVersion: string): MessageSegment[] {
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
