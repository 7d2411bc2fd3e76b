import { render } from 'lit';
import type { Notice } from '../../../../channel/protocol.ts';
import { createSignInWindows } from '../../../../core-web/signInWindows.ts';
import { catalogue } from '../../../../doctor/catalogue.ts';
import { watchUnsavedWork } from '../../../../core-web/unsavedWork.ts';
import { askPerson } from '../../../../record-edit/askPerson.ts';
import type { createPageChannel } from '../pageChannel.ts';
import { linkOwnPage } from './ownPageLink.ts';
import type { PageActions, PageState, ShownRecordView } from './pageState.ts';
import { pageView } from './pageView.ts';

/** More than these would leave no room for records; the oldest make room. */
const mostNotices = 3;

/**
 * What the provider shows on a desktop of another maker: who is signed in, records, and what has gone wrong. It opens
 * sign-in windows, by the click that the browser wants for that.
 *
 * @param root where it is drawn
 */
export function showOwnPage(root: HTMLElement, channel: Pick<ReturnType<typeof createPageChannel>, 'joinOwnPage'>) {
  let state: PageState = { signIns: [], notices: [], recordViews: [], active: '' };
  const unsavedWork = watchUnsavedWork();

  const frameOf = (viewId: string) =>
    document.querySelector<HTMLIFrameElement>(`iframe[data-pane="${CSS.escape(viewId)}"]`);

  function update(changes: Partial<PageState>): void {
    state = { ...state, ...changes };
    render(pageView(state, actions), root);
  }

  const mayLose = (panes: string): Promise<boolean> =>
    mayDiscard(unsavedWork.among(document.querySelectorAll<HTMLIFrameElement>(panes)));

  const link = linkOwnPage(channel, {
    status(status) {
      const people = ({ status: known }: PageState): string => JSON.stringify(known?.sessions.map((one) => one.userId));
      const hasLeft = people(state) !== people({ ...state, status }) && (state.status?.sessions.length ?? 0) > 0;
      // What one person was told is not for the next.
      update({ status, ...(hasLeft && { notices: [], message: undefined }) });
    },
    openSignInWindow: (request) => signInWindows.open(request),
    closeSignInWindow: ({ signInId }) => signInWindows.close(signInId),
    openRecordView,
    closeRecordView: ({ viewId }) => removeRecordView(viewId),
    notice: showNotice,
  });

  const signInWindows = createSignInWindows({
    page: window,
    report: (signInId, event) => link.signInWindow(signInId, event),
    onChanged(signIns) {
      const wasBlocked = state.signIns.some(({ stage }) => stage === 'blocked');
      update({ signIns });
      if (!wasBlocked && signIns.some(({ stage }) => stage === 'blocked'))
        document.querySelector<HTMLElement>('.sign-in button')?.focus();
    },
  });

  function openRecordView(view: ShownRecordView): void {
    const isOpen = state.recordViews.some(({ viewId }) => viewId === view.viewId);
    update({ active: view.viewId, ...(!isOpen && { recordViews: [...state.recordViews, view] }) });
    const frame = frameOf(view.viewId);
    if (isOpen) frame?.focus();
    else frame?.addEventListener('load', () => frame.focus(), { once: true });
    frame?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function removeRecordView(viewId: string): void {
    const recordViews = state.recordViews.filter((view) => view.viewId !== viewId);
    update({ recordViews, active: state.active === viewId ? (recordViews.at(-1)?.viewId ?? '') : state.active });
  }

  function showNotice(notice: Notice): void {
    const others = state.notices.filter(({ noticeId }) => noticeId !== notice.noticeId);
    for (const { noticeId } of others.slice(0, -(mostNotices - 1))) link.noticeAnswered(noticeId, 'dismiss');
    update({ notices: [...others.slice(-(mostNotices - 1)), notice] });
  }

  /** A failure is told to the person who has asked. */
  async function tellFailure(asked: ReturnType<typeof link.signIn | typeof link.signOut>): Promise<void> {
    const outcome = await asked;
    if (!outcome.ok) update({ message: outcome.error.message });
  }

  const actions: PageActions = {
    signIn: (org = undefined) => void tellFailure(link.signIn(org ?? {})),
    async signOut() {
      if (!(await mayLose('iframe[data-pane]'))) return;
      update({ notices: [], message: undefined });
      await tellFailure(link.signOut());
    },
    showSignIn: (signInId) => signInWindows.show(signInId),
    cancelSignIn: (signInId) => signInWindows.cancel(signInId),
    answerNotice(noticeId, way) {
      link.noticeAnswered(noticeId, way);
      update({ notices: state.notices.filter((notice) => notice.noticeId !== noticeId) });
    },
    dismissMessage: () => update({ message: undefined }),
    check: () =>
      void examine(
        link.diagnose,
        () => state.checks,
        (checks) => update({ checks }),
      ),
    closeChecks: () => update({ checks: undefined }),
    activate: (active) => update({ active }),
    async closeRecordView(viewId) {
      if (!(await mayLose(`iframe[data-pane="${CSS.escape(viewId)}"]`))) return;
      link.recordViewClosed(viewId);
      removeRecordView(viewId);
    },
  };

  update({});
  return {
    /** @throws Error with the reason why the provider does not let its own page in. */
    async join(): Promise<void> {
      const status = await link.join();
      if (!status.ok) throw new Error(status.error.message);
      update({ status: status.data });
    },
    unnaming: (unnaming: NonNullable<PageState['unnaming']>) => update({ unnaming }),
    failed: (failure: NonNullable<PageState['failure']>) => update({ failure }),
  };
}

/** Makes one check of the doctor after the other, as each asks the org, until nobody looks any more. */
async function examine(
  diagnose: ReturnType<typeof linkOwnPage>['diagnose'],
  shown: () => PageState['checks'],
  show: (checks: NonNullable<PageState['checks']>) => void,
): Promise<void> {
  const run = crypto.randomUUID();
  show({ results: [], areOver: false });
  for (const [index, { id }] of catalogue.entries()) {
    const outcome = await diagnose(run, id);
    const { results } = shown() ?? {};
    if (!results) return;
    const result = outcome.ok ? outcome.data : ({ id, status: 'skipped', finding: outcome.error.message } as const);
    show({ results: [...results, result], areOver: index === catalogue.length - 1 });
  }
}

/** Asks before what was typed in these views is lost. */
async function mayDiscard(unsaved: readonly HTMLIFrameElement[]): Promise<boolean> {
  if (unsaved.length === 0) return true;
  const names = new Intl.ListFormat('en').format(unsaved.map(({ title }) => title));
  return askPerson({
    title: 'Discard what is not saved?',
    text: `What was typed in ${names} is not saved in Salesforce.`,
    yes: 'Discard',
    no: 'Go back',
  });
}
