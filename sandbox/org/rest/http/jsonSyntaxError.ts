import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { OrgError } from '../../database/orgError.ts';

const EXPECTATIONS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'was expecting double-quote to start field name',
  ColonExpected: 'was expecting a colon to separate field name and value',
  CommaExpected: 'was expecting comma to separate entries',
};
const VALUE_EXPECTED = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** As deep as Jackson, which the messages are of, reads; a value without end would end whoever walks through it. */
const MOST_LEVELS = 1000;

/** Whether brackets outside of strings open more often than they may before they close. */
function isNestedBeyond(levels: number, text: string): boolean {
  let depth = 0;
  let isString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (isString && character === BACKSLASH) index += 1;
    else if (character === QUOTE) isString = !isString;
    else if (isString) continue;
    else if (character === OPEN_LIST || character === OPEN_OBJECT) depth += 1;
    else if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((character) =>
  character.charCodeAt(0),
);

/**
 * Parses JSON. The message of a syntax error is like Salesforce's: the character, what was expected, line and column.
 *
 * @throws OrgError 400 `JSON_PARSER_ERROR`.
 */
export function parseJson(text: string): unknown {
  if (isNestedBeyond(MOST_LEVELS, text)) {
    throw jsonParserError(`Document nesting depth exceeds the maximum allowed (${MOST_LEVELS})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw jsonParserError(describeFault(text));
  }
}

/** The error for a body that is no JSON, or not what the resource takes. */
export function jsonParserError(message: string): OrgError {
  return new OrgError(400, 'JSON_PARSER_ERROR', message);
}

function describeFault(text: string): string {
  const faults: ParseError[] = [];
  parse(text, faults, { disallowComments: true, allowTrailingComma: false });
  const [fault] = faults;
  const offset = fault?.offset ?? text.length;
  const lines = text.slice(0, offset).split('\n');
  const place = `at [line:${lines.length}, column:${(lines.at(-1)?.length ?? 0) + 1}]`;
  const character = text[offset];
  if (character === undefined) return `Unexpected end-of-input: expected close marker ${place}`;
  const reasons = faults.filter((other) => other.offset === offset).map(({ error }) => printParseErrorCode(error));
  const expected = reasons.map((reason) => EXPECTATIONS[reason]).find((known) => known);
  const atName = text.slice(0, offset).trimEnd().endsWith('{') ? EXPECTATIONS['PropertyNameExpected'] : undefined;
  const expectation = expected ?? atName ?? VALUE_EXPECTED;
  return `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): ${expectation} ${place}`;
}
