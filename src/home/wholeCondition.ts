/**
 * Whether a text stands for itself where a statement goes on after it: its quotes are closed and its brackets are
 * balanced, so that a slip in a configuration changes nothing of the statement around it.
 *
 * @see SOQL and SOSL Reference, "Quoted String Escape Sequences"
 */
export function isWholeCondition(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (const [character] of text.matchAll(/\\[^]|['(){}]/g)) {
    if (character === "'") isQuoted = !isQuoted;
    else if (isQuoted || character.startsWith('\\')) continue;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else return false;
  }
  return text.trim() !== '' && depth === 0 && !isQuoted;
}
