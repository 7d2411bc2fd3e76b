import { deferred } from '../channel/deferred.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import type { RecordViewState } from '../channel/protocol.ts';
import type { RecordChoice, RecordViewHandle } from '../intents/intentDesk.ts';
import type { Host } from './hosts/host.ts';

interface OpenView {
  state: RecordViewState;
  chosen: (choice: RecordChoice | undefined) => void;
  /** Absent until the host has opened it. */
  close?: () => Promise<void>;
}

export type RecordViews = ReturnType<typeof createRecordViews>;

/** Record views before a person, and what each has to show. */
export function createRecordViews(host: Pick<Host, 'openRecordView'>, recordViewUrl: string) {
  const open = new Map<string, OpenView>();

  return {
    async show(state: RecordViewState, title: string): Promise<Outcome<RecordViewHandle>> {
      const viewId = crypto.randomUUID();
      const url = new URL(recordViewUrl);
      url.searchParams.set('viewId', viewId);
      const chosen = deferred<RecordChoice | undefined>();
      const view: OpenView = { state, chosen: chosen.resolve };
      open.set(viewId, view);
      const opened = await host.openRecordView({ viewId, url: url.href, title }, () => {
        open.delete(viewId);
        chosen.resolve(undefined);
      });
      if (opened.ok) {
        view.close = opened.data.close;
        // Whom it was for may have left while it was being opened.
        if (open.get(viewId) !== view) void opened.data.close();
        return success({ chosen: chosen.promise });
      }
      open.delete(viewId);
      return opened;
    },

    /** The person has left: what each view shows is forgotten, and whoever waits for a choice gets none. */
    closeAll(): void {
      for (const [viewId, { chosen, close }] of [...open]) {
        open.delete(viewId);
        chosen(undefined);
        void close?.();
      }
    },

    state(viewId: string): Outcome<RecordViewState> {
      const view = open.get(viewId);
      return view ? success(view.state) : failure('INVALID_PARAMETER', 'This record view is over. Close it and raise the intent again.');
    },

    choose({ viewId, type, id }: RecordChoice & { viewId: string }): Outcome<null> {
      const view = open.get(viewId);
      if (!view) return failure('INVALID_PARAMETER', 'This record view is over. Close it and raise the intent again.');
      view.state = { kind: 'record', type, id };
      view.chosen({ type, id });
      return success(null);
    },
  };
}
