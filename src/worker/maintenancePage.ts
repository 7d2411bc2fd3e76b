/**
 * Texts of pages that stand in for an org, such as Salesforce's own "We are down for maintenance … We'll be back
 * shortly".
 */
const words =
  /\b(?:down for (?:\w+ )?maintenance|under maintenance|(?:scheduled|planned|system) maintenance|maintenance (?:window|in progress|mode)|temporarily unavailable|be back (?:shortly|soon|up))\b/i;
/** A form, which the sign-in page of a network has. */
const form = /<(?:form|input)\b/i;
const longestRead = 64 * 1024;

/**
 * Distinguishes a maintenance page, which may have status 200, from the sign-in page of a network (EMP-Connector issue
 * 84).
 */
export function isMaintenancePage(html: string): boolean {
  const read = html.slice(0, longestRead);
  return words.test(read) && !form.test(read);
}
