/** FDC3 contexts as apps hand them over, and what the platform adds to them. */
import type OpenFin from '@openfin/core';
import { isTooDeep } from '../jsonDepth.ts';
import { z } from '../zod.ts';

/** A context of any size: for who reads around it. */
export const contextOfAnySize = z.looseObject({ type: z.string().min(1) });
/** Characters of a context, as JSON: a list of ten thousand contacts. Platform and apps keep what was shared. */
const longestContext = 2_000_000;
/** What the platform takes from an app to hand it to others. */
export const contextSchema = contextOfAnySize.refine(
  (context) => !isTooDeep(context) && JSON.stringify(context).length <= longestContext,
);
export type GivenContext = z.infer<typeof contextSchema>;

/** @throws Error with the given message, which is the FDC3 error string for this case. */
export function parseOr<T>(schema: z.ZodType<T>, value: unknown, message: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(message);
  return parsed.data;
}

/** Apps leave an FDC3 context out as undefined or as null. */
export function contextOrNone(context: unknown): GivenContext | undefined {
  return context === undefined || context === null ? undefined : parseOr(contextSchema, context, 'MalformedContext');
}

/** An instance of an app, as the platform knows it. */
interface SourceApp {
  app: { appId: string };
  instanceId: string;
}

/** FDC3 `ContextMetadata.source`: the app that a context comes from. */
export const sourceOf = ({ app, instanceId }: SourceApp) => ({ appId: app.appId, instanceId });

/** The context without what an app or the platform has said about where it comes from. */
export function withoutSource({ contextMetadata: _, ...context }: GivenContext): GivenContext {
  return context;
}

/**
 * The context with where it comes from, and an id by which logs join what was done for it (FDC3 3.0, `traceId`).
 * core-web's own client hands `contextMetadata` to FDC3 2.0 listeners as their second argument.
 */
export const withSource = (context: GivenContext, source: SourceApp) =>
  ({ ...context, contextMetadata: { source: sourceOf(source), traceId: crypto.randomUUID() } }) as OpenFin.Context;
