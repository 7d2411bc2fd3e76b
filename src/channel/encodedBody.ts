/**
 * Schemas of a request, and of a body in either direction. In a file of their own, as the token worker needs no other
 * schema of the channel.
 */
import { deepestJson, isTooDeep } from '../jsonDepth.ts';
import { z } from '../zod.ts';

export const encodedBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('json'),
      value: z.unknown().refine((value) => !isTooDeep(value), `is nested more than ${deepestJson} levels deep`),
    }),
    z.strictObject({ kind: z.literal('text'), text: z.string() }),
    z.strictObject({ kind: z.literal('bytes'), base64: z.string(), type: z.string() }),
    z.strictObject({ kind: z.literal('urlencoded'), entries: z.array(z.tuple([z.string(), z.string()])) }),
    z.strictObject({
      kind: z.literal('multipart'),
      parts: z.array(
        z.union([
          z.strictObject({ name: z.string(), value: z.string() }),
          z.strictObject({ name: z.string(), base64: z.string(), type: z.string(), fileName: z.string() }),
        ]),
      ),
    }),
  ])
  .meta({
    id: 'EncodedBody',
    description: `The body of a request or an answer, in a form that survives JSON. \`type\` is a content type. A request whose headers name none is sent as its kind says, a \`text\` as JSON. JSON may be nested ${deepestJson} levels deep.`,
  });
export type EncodedBody = z.infer<typeof encodedBody>;

export const answerForm = z.enum(['auto', 'bytes']);

export const httpMethod = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
