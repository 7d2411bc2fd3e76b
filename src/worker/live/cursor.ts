import { z } from '../../zod.ts';

/** How far changes were told, in the org's time: `1` for this form, then milliseconds since 1970. */
const cursor = z
  .string()
  .regex(/^1\.\d{1,15}$/)
  .transform((text) => Number(text.slice(2)));

/** The text of a position, which means nothing to anybody else. */
export const cursorOf = (position: number): string => `1.${position}`;

/** The position of a text; undefined for what is no cursor. */
export const positionOf = (text: string): number | undefined => cursor.safeParse(text).data;
