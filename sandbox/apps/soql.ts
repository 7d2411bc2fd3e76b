/** Text inside SOQL. */

/** Quotes a value for SOQL. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A LIKE pattern that finds the text anywhere; its own `%` and `_` are taken literally. */
export const containing = (text: string): string => `'%${text.replace(/[\\'%_]/g, '\\$&')}%'`;

/** Path of a query on the org. */
export const queryPath = (soql: string): string => `/services/data/vXX.X/query?q=${encodeURIComponent(soql.replace(/\s+/g, ' ').trim())}`;
