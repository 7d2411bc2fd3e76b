import type { OpensOn } from '../channel/protocol.ts';
import type { LiveListener, Subscription } from '../client/subscription.ts';
import { ChangeMarks } from '../live-view/changeMarks.ts';
import { LiveView } from '../live-view/liveView.ts';
import type { SoqlText } from '../salesforce/soqlQuoting.ts';
import { failureNoticeOf } from './failureNotice.ts';
import type { RecordApi } from './recordApi.ts';
import { fieldKey, loadRecordPage, RecordGoneError, type RecordPage } from './recordPage.ts';
import type { RecordScreen, RelatedState } from './recordTemplate.ts';
import { loadRelatedLists, relatedRows } from './relatedLists.ts';

/** Subscribes to live data, as the client's `subscribe` does on a connection. */
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
  /** Aborts when something else is shown. */
  signal: AbortSignal;
  /** Gets what is to be drawn: as soon as there is something, and at each change. */
  onChange: (screen: Omit<RecordScreen, 'showsEmpty'>) => void;
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

  constructor(options: ShownRecordOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      this.#view.end();
      this.#marks.clear();
    });
  }

  /**
   * Loads the record, and then its related lists.
   *
   * @returns the record as soon as that is there
   * @throws as {@link loadRecordPage}
   */
  async open(): Promise<RecordPage> {
    const { api, id, signal } = this.#options;
    const page = (this.#page = await loadRecordPage(api, id, { signal }));
    if (signal.aborted) return page;
    this.draw();
    void this.#loadRelated().then(() => this.#keepUpToDate(page));
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
      freshness: () => this.#view.freshness,
    });
  }

  get #activitiesFirst(): boolean {
    return this.#options.opensOn?.kind === 'activities';
  }

  async #loadRelated(): Promise<void> {
    const { api, signal } = this.#options;
    const { type, id } = this.#page!;
    const related = await loadRelatedLists(api, type, id, { signal, activitiesFirst: this.#activitiesFirst }).then(
      (lists) => ({ kind: 'loaded', lists }) as const,
      (error: unknown) => ({ kind: 'failed', message: failureNoticeOf(error).message }) as const,
    );
    if (signal.aborted) return;
    this.#related = related;
    this.draw();
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
        // It may have changed since it was loaded.
        else if (event.kind === 'data' && !this.#isOf(event.records[0])) void this.reload();
      },
    );
    for (const statement of relatedRows(type, id, this.#activitiesFirst))
      this.#view.watch(
        (listener: LiveListener<{ Id: string }>) => watch(statement, listener),
        (event) => {
          if (event.kind === 'created' || event.kind === 'updated') this.#marks.mark([event.record.Id]);
          if (event.kind !== 'state' && event.kind !== 'data') void this.#loadRelated();
        },
      );
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
      const page = await loadRecordPage(api, id, { signal, maxAge: 0 });
      if (signal.aborted) return;
      const before = this.#page;
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
