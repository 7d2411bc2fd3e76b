/** Contacts as they change: the one that is looked at, and those of the list. */
import { subscribe, type LiveEvent, type RecordWith, type SalesforceConnection } from 'salesforce-interop/client';
import type { LiveView } from '../../../src/live-view/liveView.ts';
import { contactFields, type ContactRecord } from './contactRecords.ts';

type ContactEvent = LiveEvent<RecordWith<'Contact', (typeof contactFields)[number]>>;

interface ContactWatcher {
  /** The contact as it is: first of all, and at each change, with the fields that have changed. */
  shown(contact: ContactRecord, changed: readonly string[]): void;
  /** It does not exist, or not any more, or may not be seen. */
  gone(): void;
  failed(error: unknown): void;
}

/** Keeps one contact up to date. */
export function watchContact(
  salesforce: SalesforceConnection,
  id: string,
  view: LiveView,
  watcher: ContactWatcher,
): void {
  view.watch<ContactEvent>(
    (listener) => subscribe(salesforce, { type: 'Contact', id, fields: contactFields }, listener),
    (event) => {
      if (event.kind === 'end') return watcher.failed(event.error);
      if (!('records' in event)) return;
      const [contact] = event.records as unknown as ContactRecord[];
      if (contact) watcher.shown(contact, event.kind === 'updated' ? event.changed : []);
      else watcher.gone();
    },
  );
}

interface ListWatcher {
  changed(contact: ContactRecord): void;
  gone(id: string): void;
}

/** Tells what changes among all contacts. */
export function watchContacts(salesforce: SalesforceConnection, view: LiveView, watcher: ListWatcher): void {
  view.watch<ContactEvent>(
    (listener) => subscribe(salesforce, { type: 'Contact', fields: contactFields }, listener),
    (event) => {
      if (event.kind === 'deleted') watcher.gone(event.id);
      else if ('record' in event) watcher.changed(event.record as unknown as ContactRecord);
    },
  );
}
