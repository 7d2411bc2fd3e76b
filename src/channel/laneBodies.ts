/**
 * Bodies as they cross a lane: structured clone carries them, and bytes are transferred. Those of text and of
 * URL-encoded forms are the same as on the channel.
 */
import { deepestJson, judgeJson } from '../jsonDepth.ts';
import { z } from '../zod.ts';
import type { EncodedBody } from './encodedBody.ts';

const bytes = z.instanceof(ArrayBuffer).meta({ id: 'ArrayBuffer' });
const blob = z.instanceof(Blob).meta({ id: 'Blob' });
const file = z.instanceof(File).meta({ id: 'File' });
const text = z.strictObject({ kind: z.literal('text'), text: z.string() });
const urlencoded = z.strictObject({
  kind: z.literal('urlencoded'),
  entries: z.array(z.tuple([z.string(), z.string()])),
});

export const laneRequestBody = z.discriminatedUnion('kind', [
  text,
  urlencoded,
  z.strictObject({
    kind: z.literal('jsonText'),
    json: z
      .string()
      .refine(
        (json) => judgeJson(new TextEncoder().encode(json)) === undefined,
        `is no JSON, or nested more than ${deepestJson} levels deep`,
      ),
  }),
  z.strictObject({ kind: z.literal('raw'), bytes: blob, type: z.string() }),
  z.strictObject({
    kind: z.literal('form'),
    parts: z.array(z.strictObject({ name: z.string(), value: z.union([z.string(), file]) })),
  }),
]);
export type LaneRequestBody = z.infer<typeof laneRequestBody>;
/** A request's body, as it came over the channel or over a lane. */
export type RequestBody = EncodedBody | LaneRequestBody;

export const laneAnswerBody = z.discriminatedUnion('kind', [
  text,
  urlencoded,
  z.strictObject({ kind: z.literal('jsonBytes'), bytes }),
  z.strictObject({ kind: z.literal('json'), value: z.unknown() }),
  z.strictObject({ kind: z.literal('raw'), bytes, type: z.string() }),
]);
export type LaneAnswerBody = z.infer<typeof laneAnswerBody>;
