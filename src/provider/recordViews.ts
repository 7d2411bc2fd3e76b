import { deferred } from '../channel/deferred.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import type { RecordViewState } from '../channel/protocol.ts';
import type { RecordChoice, RecordViewHandle } from '../intents/intentDesk.ts';
import type { Host } from './hosts/host.ts';

interface OpenView {
  state: RecordViewState;
  chosen: (choice: RecordChoice | undefined) => void;
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
      open.set(viewId, { state, chosen: chosen.resolve });
      const opened = await host.openRecordView({ viewId, url: url.href, title }, () => {
        open.delete(viewId);
        chosen.resolve(undefined);
      });
      if (opened.ok) return success({ chosen: chosen.promise });
      open.delete(viewId);
      return opened;
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
