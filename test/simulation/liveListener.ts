import type { LiveNews, LiveTarget } from '../../src/channel/liveMessages.ts';
import type { CallContext, SObjectRecord } from '../../sandbox/org/database/orgDatabase.ts';
import type { LiveOrg } from './liveOrg.ts';

/** The text of what is not there, or may not be seen. */
const absent = 'absent';

const textOf = ({ attributes: _, ...row }: Record<string, unknown>): string =>
  JSON.stringify(row, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('attributes' in value)) return value;
    const { attributes: __, ...rest } = value;
    return rest;
  });

/** What has been there of a target, for a user, in the order in which it was there. */
export class TargetLog {
  readonly target: LiveTarget;
  readonly states = new Map<string, string[]>();
  order: string[] = [];
  readonly #org: LiveOrg;
  readonly #context: CallContext;
  readonly #ids: () => readonly string[];

  constructor(org: LiveOrg, context: CallContext, target: LiveTarget, ids: () => readonly string[]) {
    this.target = target;
    this.#org = org;
    this.#context = context;
    this.#ids = ids;
    this.write();
  }

  /** Writes down how it is now. */
  write(): void {
    const rows = new Map(this.#read().map((row) => [String(row['Id']), textOf(JSON.parse(JSON.stringify(row)))]));
    this.order = [...rows.keys()];
    for (const id of new Set([...rows.keys(), ...this.states.keys()])) {
      const text = rows.get(id) ?? absent;
      const known = this.states.get(id);
      if (!known) this.states.set(id, [absent, text]);
      else if (known.at(-1) !== text) known.push(text);
    }
  }

  last(id: string): string {
    return this.states.get(id)?.at(-1) ?? absent;
  }

  #read(): SObjectRecord[] {
    const { target } = this;
    const query = (soql: string) => this.#org.database.query(soql, this.#context).records;
    if (target.kind === 'query') return query(target.soql);
    const { sObject, fields } = target;
    const ids = target.kind === 'record' ? [target.id] : this.#ids();
    const stamp = target.kind === 'record' ? [] : ['SystemModstamp'];
    if (ids.length === 0) return [];
    return query(
      `SELECT ${['Id', ...stamp, ...fields].join(', ')} FROM ${sObject} WHERE Id IN (${ids.map((id) => `'${id}'`).join(',')})`,
    );
  }
}

/** What an app knows by what it was told, as a client keeps it: rows are merged, and those that are gone dropped. */
export class LiveListener {
  readonly rows = new Map<string, string>();
  readonly name: string;
  readonly faults: string[] = [];
  state: string | undefined;
  order: string[] = [];
  cursor: string | undefined;
  isLookedAt: boolean;
  readonly mayWait: boolean;
  /** How long the log of each row was when the first was told. */
  begun: Map<string, number> | undefined;
  readonly log: TargetLog;
  readonly #positions = new Map<string, number>();

  constructor(name: string, log: TargetLog, how: { isLookedAt: boolean; mayWait: boolean }) {
    this.name = name;
    this.log = log;
    this.isLookedAt = how.isLookedAt;
    this.mayWait = how.mayWait;
  }

  take(news: LiveNews): void {
    if (news.kind === 'state') this.state = news.state;
    if (news.kind === 'gap') this.faults.push('was told of a gap, though there was none');
    if (news.kind === 'ended') this.faults.push(`ended: ${JSON.stringify(news.failure)}`);
    if (news.kind !== 'rows') return;
    const told = new Map(news.rows.map((row) => [String(row['Id']), textOf(row)]));
    for (const [id, text] of told) this.#become(id, text);
    for (const id of news.gone) this.#become(id, absent);
    if (news.isWhole) {
      for (const id of this.rows.keys()) if (!told.has(id)) this.#become(id, absent);
      this.order = [...told.keys()];
    }
    this.cursor = news.cursor ?? this.cursor;
    this.begun ??= new Map([...this.log.states].map(([id, states]) => [id, states.length]));
  }

  /** What it does not know as the org has it. */
  differences(): string[] {
    const wrong: string[] = [...this.faults];
    const { target } = this.log;
    for (const [id, states] of this.log.states) {
      const isKnown = target.kind !== 'sObject' || states.length > (this.begun?.get(id) ?? Infinity);
      const mine = this.rows.get(id) ?? absent;
      if (isKnown && mine !== states.at(-1)) wrong.push(`${id}: knows ${mine}, but it is ${states.at(-1)}`);
    }
    if (target.kind === 'query' && this.order.join() !== this.log.order.join())
      wrong.push('the rows are in another order');
    return wrong.map((what) => `${this.name} (${target.kind}): ${what}`);
  }

  /** A row becomes another for this listener: it must have been that, and not before what it was told already. */
  #become(id: string, text: string): void {
    if ((this.rows.get(id) ?? absent) === text) return;
    if (text === absent) this.rows.delete(id);
    else this.rows.set(id, text);
    const from = this.#positions.get(id) ?? 0;
    const at = (this.log.states.get(id) ?? [absent]).findIndex((state, index) => index >= from && state === text);
    if (at < 0) this.faults.push(`was told that ${id} is ${text}, which it has never been, or not since`);
    else this.#positions.set(id, at);
  }
}
