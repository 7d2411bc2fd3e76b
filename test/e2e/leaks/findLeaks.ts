/** Something that was seen outside the token worker. */
export interface Sighting {
  where: string;
  text: string;
}

export interface Secret {
  kind: string;
  value: string;
}

/** A secret that was seen where it does not belong. */
export interface Leak {
  kind: string;
  where: string;
}

/**
 * The authorization code belongs into the redirect URL (RFC 6749, section 4.1.2), which is on its way from the org to
 * the token worker. On that way, and nowhere else, and within that URL only, the code is left out of the search.
 */
export interface RedirectWay {
  /** Path of the page that the org redirects to. */
  returnPath: string;
  /** Matched against where something was seen. */
  places: readonly RegExp[];
}

/** Every secret in anything that was seen: as it is, percent-encoded or in base64. */
export function findLeaks(sightings: readonly Sighting[], secrets: readonly Secret[], way: RedirectWay): Leak[] {
  const seen = sightings.map(({ where, text }) => ({ where, text: withoutRedirectCode(where, text, way) }));
  return secrets.flatMap(({ kind, value }) => {
    const forms = [
      ...new Set([value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/u, '')]),
    ];
    const places = seen.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where);
    return [...new Set(places)].map((where) => ({ kind, where }));
  });
}

function withoutRedirectCode(where: string, text: string, { returnPath, places }: RedirectWay): string {
  if (!places.some((place) => place.test(where))) return text;
  return text.replaceAll(
    new RegExp(`(${returnPath.replaceAll('.', '\\.')}\\?(?:[^\\s"'\\\\&]*&)*code=)[^\\s"'\\\\&]+`, 'gu'),
    '$1',
  );
}
