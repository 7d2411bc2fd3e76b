/** Longest name: more than a namespace of 15 characters, a name of 40, a suffix and what joins them. */
const longest = 80;

/**
 * Whether a text can be the API name of a field, standard or custom: letters, digits and underscores, beginning with a
 * letter, not ending with an underscore; two underscores only between namespace, name and suffix (`ns__Name__c`).
 *
 * @see Salesforce Help, "Custom Field Attributes" (Field Name).
 */
export function isFieldName(text: string): boolean {
  return text.length <= longest && /^[A-Za-z][A-Za-z0-9]*(?:_{1,2}[A-Za-z0-9]+)*$/.test(text);
}
