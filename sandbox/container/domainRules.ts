import { z } from 'zod';

/**
 * The part of a manifest's `domainSettings` (`@openfin/core` 40, type `DomainSettings`) that decides who gets `fin`.
 */
const domainSettings = z.looseObject({
  platform: z
    .looseObject({
      domainSettings: z
        .looseObject({
          rules: z
            .array(
              z.looseObject({
                match: z.array(z.string()),
                options: z.looseObject({
                  api: z.looseObject({ fin: z.enum(['none', 'global']).optional() }).optional(),
                }),
              }),
            )
            .default([]),
        })
        .optional(),
    })
    .optional(),
});

/** Regular expressions over the URLs to which the manifest gives no `fin`. */
export function urlsWithoutFin(manifest: unknown): string[] {
  const { platform } = domainSettings.parse(manifest);
  const rules = platform?.domainSettings?.rules ?? [];
  return rules.filter(({ options }) => options.api?.fin === 'none').flatMap(({ match }) => match.map(matchPattern));
}

/** A Chrome match pattern (`*://*.salesforce.com/*`, `<all_urls>`) as a regular expression. */
export function matchPattern(pattern: string): string {
  if (pattern === '<all_urls>') return '^(?:https?|file|ftp):';
  const parts = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*]+)(\/.*)$/u.exec(pattern);
  if (!parts) throw new Error(`${pattern} is not a match pattern`);
  const [, scheme, host, path] = parts as unknown as [string, string, string, string];
  const literal = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/gu, '\\$&');
  const anyHost = '[^/:]+';
  const hosts =
    host === '*' ? anyHost : host.startsWith('*.') ? `(?:${anyHost}\\.)?${literal(host.slice(2))}` : literal(host);
  return `^${scheme === '*' ? 'https?' : scheme}://${hosts}(?::\\d+)?${literal(path).replaceAll('*', '.*')}$`;
}
