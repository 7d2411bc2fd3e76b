import type { OpensOn } from '../channel/protocol.ts';
import type { LiveListener, Subscription } from '../client/subscription.ts';
import { ChangeMarks } from '../live-view/changeMarks.ts';
import { LiveView, type Freshness } from '../live-view/liveView.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import { contactFieldsOf } from './contactWays.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { shownMaxAge, type RecordApi } from './recordApi.ts';
import { fieldKey, loadRecordPage, RecordGoneError, type RecordPage } from './recordPage.ts';
import type { RecordScreen, RelatedState } from './recordTemplate.ts';
import type { ListFirst } from './relatedListDefinitions.ts';
import {
  loadRelatedLists,
  ROWS_READ,
  typeWithLists,
  watchedLists,
  type RelatedRow,
  type WatchedList,
} from './relatedLists.ts';

/** Subscribes to live data that was just read, as the client's `subscribe` does on a connection with `mayWait`. */
export type Watch = (
  what: SoqlText | { type: string; id: string; fields: readonly string[] },
  listener: LiveListener<{ Id: string }>,
) => Subscription<{ Id: string }>;

interface ShownRecordOptions {
  api: RecordApi;
  watch: Watch;
  id: string;
  /** What of the record is shown first. */
  opensOn?: OpensOn | undefined;
  /** The person wants it as it is in the org now, and nothing of a moment ago. */
  isAnew?: boolean | undefined;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
  /** Gets what is to be drawn: as soon as there is something, and at each change. */
  onChange: (screen: Omit<RecordScreen, 'showsEmpty' | 'log'>) => void;
  /** The record cannot be read any more. */
  onFailure: (error: unknown) => void;
}

/** A record that is shown, with its related lists, both kept up to date. */
export class ShownRecord {
  readonly #options: ShownRecordOptions;
  readonly #view = new LiveView();
  readonly #marks = new ChangeMarks(() => this.draw());
  #page: RecordPage | undefined;
  #related: RelatedState = { kind: 'loading' };
  /** Whether the org has said how the record is since it was opened; until then it may be of a moment ago. */
  #isConfirmed = false;

  constructor(options: ShownRecordOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      this.#view.end();
      this.#marks.clear();
    });
  }

  /**
   * Loads the record and its related lists: both are asked for in one moment, so that they are one request to the org.
   * What the desktop has read a moment ago is shown at once; what has changed since comes with the subscriptions.
   *
   * @returns the record as soon as that is there
   * @throws as {@link loadRecordPage}
   */
  async open(): Promise<RecordPage> {
    const { api, id, signal, isAnew } = this.#options;
    const maxAge = isAnew ? 0 : shownMaxAge;
    const related = this.#readRelated(maxAge);
    const optionalFields = this.#contactFields;
    const page = (this.#page = await loadRecordPage(api, id, { signal, maxAge, optionalFields }));
    if (signal.aborted) return page;
    this.draw();
    void related.then((state) => {
      this.#showRelated(state);
      this.#keepUpToDate(page);
    });
    return page;
  }

  /** Draws what is known now. */
  draw(): void {
    if (!this.#page || this.#options.signal.aborted) return;
    this.#options.onChange({
      page: this.#page,
      related: this.#related,
      opensOn: this.#options.opensOn,
      isMarked: (key) => this.#marks.has(key),
      freshness: () => this.#freshness,
    });
  }

  get #contactFields(): readonly string[] {
    return contactFieldsOf(this.#options.id, this.#options.opensOn);
  }

  get #first(): ListFirst | undefined {
    const { opensOn } = this.#options;
    return opensOn?.kind === 'activities' || opensOn?.kind === 'list' ? opensOn : undefined;
  }

  get #freshness(): Freshness {
    const { state, message, asOf } = this.#view.freshness;
    return { state, message: state === undefined && !this.#isConfirmed ? 'Looking for changes' : message, asOf };
  }

  async #readRelated(maxAge: number): Promise<RelatedState> {
    const { api, id, signal } = this.#options;
    const how = { signal, maxAge, first: this.#first };
    try {
      return { kind: 'loaded', lists: await loadRelatedLists(api, typeWithLists(id) ?? '', id, how) };
    } catch (error) {
      return { kind: 'failed', message: failureNoticeOf(error).message };
    }
  }

  #showRelated(related: RelatedState): void {
    if (this.#options.signal.aborted) return;
    this.#related = related;
    this.draw();
  }

  async #reloadRelated(): Promise<void> {
    this.#showRelated(await this.#readRelated(0));
  }

  #keepUpToDate({ type, id, parentNames }: RecordPage): void {
    const { watch, signal, onFailure } = this.#options;
    if (signal.aborted) return;
    // Whatever changes in a record changes this too, but for the names of its parents. What the person may see of it,
    // the page's layout says.
    const target = { type, id, fields: ['SystemModstamp', ...parentNames.keys()] };
    this.#view.watch(
      (listener: LiveListener<{ Id: string }>) => watch(target, listener),
      (event) => {
        if (event.kind === 'deleted') onFailure(new RecordGoneError());
        else if (event.kind === 'updated' || event.kind === 'created') void this.reload();
        else if (event.kind === 'data') this.#compare(event.records[0]);
        // Nothing else would tell what has changed, as where live data is switched off.
        else if (event.kind === 'end' && !this.#isConfirmed) void this.reload();
      },
    );
    for (const list of watchedLists(typeWithLists(id) ?? '', id, this.#first))
      this.#view.watch(
        (listener: LiveListener<{ Id: string }>) => watch(list.statement, listener),
        (event) => {
          if (event.kind === 'created' || event.kind === 'updated') this.#marks.mark([event.record.Id]);
          if (event.kind === 'data') this.#compareRows(list, event.records);
          else if (event.kind !== 'state') void this.#reloadRelated();
        },
      );
  }

  /** The record may have changed, or gone, since it was read. */
  #compare(record: { Id: string } | undefined): void {
    this.#isConfirmed = true;
    if (!record) this.#options.onFailure(new RecordGoneError());
    else if (!this.#isOf(record)) void this.reload();
  }

  /** Rows may have changed since they were read. */
  #compareRows({ label, shown }: WatchedList, records: readonly unknown[]): void {
    const before = this.#related.kind === 'loaded' && this.#related.lists.find((list) => list.label === label);
    if (!before) return;
    const text = (one: RelatedRow): string => JSON.stringify(one);
    const known = new Set(before.rows.map(text));
    const { rows, read } = shown(records);
    const isSameCount = read === Math.min(before.count, ROWS_READ);
    if (isSameCount && rows.map(text).join() === before.rows.map(text).join()) return;
    this.#marks.mark(rows.filter((one) => !known.has(text(one))).map((one) => one.id));
    void this.#reloadRelated();
  }

  /** Whether what is shown is of this change of the record, with these names of its parents. */
  #isOf(record: object | undefined): boolean {
    const { SystemModstamp, ...parents } = (record ?? {}) as { SystemModstamp?: string } & Record<string, unknown>;
    const isSameName = ([path, name]: [string, string]): boolean =>
      (parents[path.split('.')[0]!] as { Name?: unknown } | null | undefined)?.Name === name;
    const isSameChange = SystemModstamp !== undefined && Date.parse(SystemModstamp) === this.#page?.changedAt;
    return isSameChange && [...this.#page!.parentNames].every(isSameName);
  }

  /** Reads the record again. The org is asked, and no copy of a moment ago: the change may be younger. */
  async reload(): Promise<void> {
    const { api, id, signal, onFailure } = this.#options;
    try {
      const before = this.#page;
      const how = { signal, maxAge: 0, described: before?.description, optionalFields: this.#contactFields };
      const page = await loadRecordPage(api, id, how);
      if (signal.aborted) return;
      this.#isConfirmed = true;
      this.#page = page;
      this.draw();
      if (before) this.#marks.mark(changedLabels(before, page));
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }
}

/** The fields that say something else than before, by heading and label; and the name. */
function changedLabels(before: RecordPage, after: RecordPage): string[] {
  const fieldsOf = (page: RecordPage) =>
    new Map(page.sections.flatMap(({ heading, fields }) => fields.map((field) => [fieldKey(heading, field), field])));
  const known = fieldsOf(before);
  const changed = [...fieldsOf(after)]
    .filter(([key, { values }]) => known.has(key) && JSON.stringify(known.get(key)!.values) !== JSON.stringify(values))
    .map(([key]) => key);
  return before.name === after.name ? changed : [...changed, 'name'];
}
