import { deferred } from '../deferred.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { ContextSharing, RecordViewReply, RecordViewState } from '../channel/protocol.ts';
import type { RecordChoice, RecordViewHandle } from '../intents/intentServices.ts';
import { normalizeRecordId } from '../salesforce/recordId.ts';
import type { Host, RecordViewWindow } from './hosts/host.ts';

/** The org of a view's record: the view uses the session of this org and key that all apps share. */
export interface ViewedOrg {
  orgUrl: string;
  consumerKey: string;
}

interface RecordViewOptions {
  state: RecordViewState;
  title: string;
  org: ViewedOrg;
  /** Told what the person chooses, and when what they have chosen before is not meant. */
  onChoice?: ((choice: RecordChoice | undefined) => Promise<void>) | undefined;
  /** Asked before a view that was there comes to the front: a failure leaves it where it is. */
  mayComeToFront?: (() => Outcome<null>) | undefined;
  /** By what a view is shared by all who ask for the same, until the choice made in it is kept. */
  sharedAs?: string | undefined;
}

interface OpenView {
  state: RecordViewState;
  org: ViewedOrg;
  chosen: (choice: RecordChoice | undefined) => void;
  handle: RecordViewHandle;
  /** What Salesforce has refused to write, where the person has given up. */
  refusal?: string | undefined;
  onChoice: RecordViewOptions['onChoice'];
  sharedAs: string | undefined;
  onClosed: (() => void)[];
  /** Id of the record that it shows now, as far as it has said so. */
  shows: string | undefined;
  opened: Promise<Outcome<RecordViewWindow>>;
}

/** The id of the record that is asked for, where it is one. */
const recordIn = (state: RecordViewState): string | undefined =>
  state.kind === 'record' ? normalizeRecordId(state.id) : undefined;

/**
 * Whether a view that shows the record has all that is wanted of it: the same part of it first, and the way to choose
 * again.
 */
function hasAll(shown: RecordViewState, wanted: RecordViewState): boolean {
  if (wanted.kind !== 'record' || (!wanted.opensOn && !wanted.instead)) return true;
  if (shown.kind !== 'record' || recordIn(shown) !== recordIn(wanted)) return false;
  const isSamePart = !wanted.opensOn || JSON.stringify(shown.opensOn) === JSON.stringify(wanted.opensOn);
  return isSamePart && (!wanted.instead || shown.instead !== undefined);
}

export type RecordViews = ReturnType<typeof createRecordViews>;

/** The view that shows this record already, or is about to. */
function viewOf(views: Iterable<OpenView>, wanted: RecordViewState, { orgUrl, consumerKey }: ViewedOrg) {
  const id = recordIn(wanted);
  if (id === undefined) return undefined;
  return [...views].find(
    ({ shows, state, org }) =>
      shows === id && hasAll(state, wanted) && org.orgUrl === orgUrl && org.consumerKey === consumerKey,
  );
}

/** @returns whether the person sees it now, with the same record as before */
async function toFront(view: OpenView): Promise<boolean> {
  const { shows } = view;
  const window = await view.opened;
  return window.ok && view.shows === shows && (await window.data.bringToFront());
}

async function close({ opened }: OpenView): Promise<void> {
  const window = await opened;
  if (window.ok) await window.data.close();
}

/**
 * The open record views, and what each shows.
 *
 * @param sharing what they share with other apps; nothing when left out
 */
export function createRecordViews(
  host: Pick<Host, 'openRecordView'>,
  recordViewUrl: string,
  sharing: ContextSharing = { broadcasts: false, follows: false },
) {
  const open = new Map<string, OpenView>();

  function over(viewId: string): void {
    const view = open.get(viewId);
    if (!view) return;
    open.delete(viewId);
    view.chosen(undefined);
    for (const onClosed of view.onClosed) onClosed();
  }

  return {
    /**
     * Opens a view, or brings the one to the front that shows the same record already.
     *
     * @param onClosed Called once when the view is gone, has not come up, or was there before.
     */
    async show(
      { state, title, org, onChoice, mayComeToFront, sharedAs }: RecordViewOptions,
      onClosed: () => void = () => undefined,
    ): Promise<Outcome<RecordViewHandle>> {
      const shared = sharedAs === undefined ? undefined : [...open.values()].find((one) => one.sharedAs === sharedAs);
      if (shared) {
        shared.onClosed.push(onClosed);
        return success(shared.handle);
      }
      const sameRecord = viewOf(open.values(), state, org);
      const front = sameRecord && mayComeToFront?.();
      if (front && !front.ok) {
        onClosed();
        return front;
      }
      if (sameRecord && (await toFront(sameRecord))) {
        onClosed();
        return success(sameRecord.handle);
      }
      const viewId = crypto.randomUUID();
      const url = new URL(recordViewUrl);
      url.searchParams.set('viewId', viewId);
      const chosen = deferred<RecordChoice | undefined>();
      const handle = { chosen: chosen.promise, refusal: () => view.refusal };
      const view: OpenView = {
        ...{ state, org, chosen: chosen.resolve, handle, onChoice, sharedAs, onClosed: [onClosed] },
        shows: recordIn(state),
        opened: host.openRecordView({ viewId, url: url.href, title }, () => over(viewId)),
      };
      open.set(viewId, view);
      const opened = await view.opened;
      if (opened.ok) return success(handle);
      over(viewId);
      return opened;
    },

    /**
     * Closes all views when the person leaves. What they show is forgotten, and intents that wait for a choice get
     * none.
     */
    closeAll(): void {
      for (const [viewId, view] of [...open]) {
        over(viewId);
        void close(view);
      }
    },

    state(viewId: string): Outcome<RecordViewReply> {
      const view = open.get(viewId);
      return view
        ? success({ ...view.state, ...view.org, sharing })
        : failure('INVALID_PARAMETER', 'This record view is over. Close it and raise the intent again.');
    },

    /** What a view says of itself. */
    shows({ viewId, id }: { viewId: string; id?: string | undefined }): Outcome<null> {
      const view = open.get(viewId);
      if (view) view.shows = id === undefined ? undefined : normalizeRecordId(id);
      return success(null);
    },

    choose({ viewId, type, id, outcome }: RecordChoice & { viewId: string }): Outcome<null> {
      const view = open.get(viewId);
      if (!view) return failure('INVALID_PARAMETER', 'This record view is over. Close it and raise the intent again.');
      const opensOn = 'opensOn' in view.state ? view.state.opensOn : undefined;
      view.state = { kind: 'record', type, id, ...(opensOn && { opensOn }) };
      view.chosen({ type, id, outcome });
      void view.onChoice?.({ type, id }).finally(() => (view.sharedAs = undefined));
      return success(null);
    },

    /** The person does not write what the view was opened for. @param refusal what Salesforce has refused before */
    cancel({ viewId, refusal }: { viewId: string; refusal?: string | undefined }): Outcome<null> {
      const view = open.get(viewId);
      if (view) {
        view.refusal = refusal;
        over(viewId);
        void close(view);
      }
      return success(null);
    },

    /** The record that was chosen before is not meant: the view goes on with what there is to choose from. */
    forgetChoice(viewId: string): Outcome<null> {
      const view = open.get(viewId);
      if (view?.state.kind === 'record' && view.state.instead) {
        view.state = view.state.instead;
        void view.onChoice?.(undefined);
      }
      return success(null);
    },
  };
}
