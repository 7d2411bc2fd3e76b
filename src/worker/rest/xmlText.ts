const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text of a piece of XML, with its references resolved (XML 1.0, 4.1 and 4.6). A reference that names no character
 * stays. Salesforce writes no document type, so there are no other entities.
 */
export function xmlText(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (reference, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return named[name]!;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal!, 16);
      return code > 0x10ffff ? reference : String.fromCodePoint(code);
    },
  );
}
