/**
 * What a SOQL statement reads, as far as it can be told from its text. Not a parser's work: the one on npm
 * (`@jetstreamapp/soql-parser-js`) weighs 49 kB gzip in the worker and refuses some statements that Salesforce takes.
 * What is misread here is only read more often than needed, or a minute later.
 */
export interface QueryScope {
  /** The object; of a subquery in the field list the name of the child relationship. */
  from: string;
  /** Paths to fields of parents, e.g. `Account.Owner.Name`. */
  readonly paths: Set<string>;
  /** Subqueries in the field list. */
  readonly children: QueryScope[];
  /** Subqueries in conditions, which name objects. */
  readonly conditions: QueryScope[];
  /** Objects that TYPEOF names. */
  readonly named: Set<string>;
}

interface Open {
  scope: QueryScope;
  aliases: Map<string, string>;
  /** Parentheses that are open within it. */
  depth: number;
  place: 'fields' | 'from' | 'conditions';
}

const afterFrom = /^(?:where|using|with|group|order|having|limit|offset|for|all|update)$/i;
const noAlias = /^(?:as)$/i;

/** Reads what a statement reads; undefined for a text without an object. */
export function queryScope(soql: string): QueryScope | undefined {
  const withoutTexts = soql.replace(/'(?:[^'\\]|\\[^])*'/g, "''");
  const tokens = withoutTexts.match(/[A-Za-z_][\w.]*|[(),]/g) ?? [];
  let root: QueryScope | undefined;
  const open: Open[] = [];
  for (const [index, token] of tokens.entries()) {
    const here = open.at(-1);
    if (/^select$/i.test(token)) {
      const scope = emptyScope();
      root ??= scope;
      (here?.place === 'fields' ? here.scope.children : here?.scope.conditions)?.push(scope);
      open.push({ scope, aliases: new Map<string, string>(), depth: 0, place: 'fields' });
    } else if (!here) continue;
    else if (token === '(') here.depth += 1;
    else if (token === ')') {
      if (here.depth > 0) here.depth -= 1;
      else {
        close(here);
        open.pop();
        // The one that stood before SELECT.
        const outer = open.at(-1);
        if (outer) outer.depth -= 1;
      }
    } else if (token !== ',') readName(here, token, tokens[index - 1] ?? '');
  }
  for (const left of open) close(left);
  return root?.from ? root : undefined;
}

const emptyScope = (): QueryScope => ({
  from: '',
  paths: new Set<string>(),
  children: [],
  conditions: [],
  named: new Set<string>(),
});

function readName(here: Open, name: string, before: string): void {
  const { scope, aliases } = here;
  if (here.place === 'fields' && here.depth === 0 && /^from$/i.test(name)) here.place = 'from';
  else if (here.place === 'from' && afterFrom.test(name)) here.place = 'conditions';
  else if (here.place === 'from' && !noAlias.test(name)) readFrom(scope, aliases, name, before);
  else if (/^when$/i.test(before)) scope.named.add(name);
  else if (/^typeof$/i.test(before)) scope.paths.add(`${name}.Id`);
  else if (name.includes('.')) scope.paths.add(name);
}

/** `FROM Contact c, c.Account a`: the first name is the object, a name after a name is its alias. */
function readFrom(scope: QueryScope, aliases: Map<string, string>, name: string, before: string): void {
  if (!scope.from) scope.from = name;
  else if (before === ',') scope.paths.add(`${name}.Id`);
  else aliases.set(name.toLowerCase(), before === scope.from || /^as$/i.test(before) ? '' : before);
}

/** Writes paths that begin with an alias, or with the object's own name, as they are without. */
function close({ scope, aliases }: Open): void {
  aliases.set(scope.from.toLowerCase(), '');
  for (const path of [...scope.paths]) {
    const names = path.split('.');
    for (let turns = 0; turns < 3 && names.length > 1; turns += 1) {
      const alias = aliases.get(names[0]!.toLowerCase());
      if (alias === undefined) break;
      names.splice(0, 1, ...alias.split('.').filter(Boolean));
    }
    scope.paths.delete(path);
    if (names.length > 1) scope.paths.add(names.join('.'));
  }
}
