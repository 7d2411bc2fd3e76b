import type { CheckResult, Notice, PlatformStatus } from '../../../../channel/protocol.ts';
import type { SignInInProgress } from '../../../../core-web/signInWindows.ts';

export interface ShownRecordView {
  viewId: string;
  url: string;
  title: string;
}

/** Everything that the provider's page shows on a desktop of another maker. */
export interface PageState {
  /** Undefined while the provider starts. */
  status?: PlatformStatus | undefined;
  /** Why it cannot start: a sentence, and paths of the configuration that are wrong. */
  failure?: { message: string; problems: string[] } | undefined;
  /** The desktop agent, as it calls itself, where it says that it does not name who raises an intent. */
  unnaming?: { agent: string; isAllowed: boolean } | undefined;
  signIns: readonly SignInInProgress[];
  /** Intents that were not answered, oldest first. */
  notices: readonly Notice[];
  /** A sentence about something that the person has asked for in vain. */
  message?: string | undefined;
  /** What the checks of the connection have found so far; undefined: none are asked for. */
  checks?: { results: readonly CheckResult[]; areOver: boolean } | undefined;
  recordViews: readonly ShownRecordView[];
  /** Which view is before the person, where there is room for one. */
  active: string;
}

/** An org that a person may sign in to here. */
export type SignInOrg = NonNullable<PlatformStatus['orgs']>[number];

export interface PageActions {
  /** @param org none: the default one */
  signIn(org?: SignInOrg): void;
  signOut(): void;
  showSignIn(signInId: string): void;
  cancelSignIn(signInId: string): void;
  answerNotice(noticeId: string, way: Notice['ways'][number] | 'dismiss'): void;
  dismissMessage(): void;
  check(): void;
  closeChecks(): void;
  activate(viewId: string): void;
  closeRecordView(viewId: string): void;
}
