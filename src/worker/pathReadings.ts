/** Most rounds of decoding. No honest path is encoded more often. */
const mostRounds = 4;

const controlCharacter = /[\u0000-\u001f\u007f]/;

/**
 * The ways in which servers may read a path: undecoded, and decoded once, twice, … until nothing changes; each without
 * `;parameters` and with backslashes as slashes. Without empty segments and dots.
 *
 * @param pathname as the URL parser leaves it.
 * @returns undefined for a path that leads upwards (`..`), holds control characters, or is encoded too often or in
 *   bytes that are not UTF-8, such as a dot encoded in two bytes.
 * @see RFC 3986, 3.3, on path parameters; CWE-22, CWE-174 (double decoding).
 */
export function readingsOf(pathname: string): string[][] | undefined {
  const readings: string[][] = [];
  let text = pathname;
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  for (let round = 0; round <= mostRounds; round += 1) {
    if (controlCharacter.test(text)) return undefined;
    const segments = text.split(/[\\/]/).map((segment) => segment.split(';', 1)[0]!.trim());
    if (segments.includes('..')) return undefined;
    readings.push(segments.filter((segment) => segment !== '' && segment !== '.'));
    const decoded = decodeOnce(text);
    if (decoded === undefined) return undefined;
    if (decoded === text) return readings;
    text = decoded;
  }
  return undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes percent sequences as UTF-8. A percent sign that begins none stays. Undefined where they are not UTF-8. */
function decodeOnce(text: string): string | undefined {
  try {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) =>
      utf8.decode(Uint8Array.from(encoded.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))),
    );
  } catch {
    return undefined;
  }
}
