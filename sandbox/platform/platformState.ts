/** Everything the platform page shows. */
import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import type { SignInInProgress } from '../../src/core-web/signInWindows.ts';
import type { Notice, PlatformStatus } from '../../src/channel/protocol.ts';
import type { AppQuestion } from './appChoices.ts';
import type { SignInOrg } from './orgSignIns.ts';
import type { SearchBar, SearchState } from './searchBar.ts';

export interface RecordView {
  viewId: string;
  url: string;
  title: string;
}

/** An app that is open, or one of several instances of it. */
export interface OpenApp {
  paneId: string;
  app: AppRecord;
  /** That of the app, with a number where several of it are open. */
  title: string;
  /** Another app, or an intent, has asked for it; the person may close it. */
  wasAskedFor: boolean;
}

export interface ProviderProblem {
  message: string;
  details: string[];
}

export interface PlatformState {
  /** What the desktop is called. */
  title: string;
  /** Where the documentation is served, if it is. */
  documentationUrl?: string | undefined;
  phase: 'starting' | 'running' | 'failed';
  /** Why the desktop itself cannot start. */
  failure?: string | undefined;
  provider: 'starting' | 'connected' | 'lost' | 'failed';
  providerUrl?: string;
  /** Increased to reload the provider's frame. */
  providerStarts: number;
  problem?: ProviderProblem | undefined;
  status?: PlatformStatus;
  /** False only where the browser knows that there is no network. */
  online: boolean;
  apps: readonly OpenApp[];
  /** By app id: how many pages of it are connected. */
  connectedApps: ReadonlyMap<string, number>;
  recordViews: RecordView[];
  /** Increased when somebody leaves: apps that do not clear themselves are then reloaded. */
  visit: number;
  /** Ids of the panes that the person has been in, the last one first. */
  recent: readonly string[];
  /** How many panes fit side by side. */
  fit: number;
  signIns: readonly SignInInProgress[];
  /** A sentence about something that failed, until it is dismissed. */
  message?: string | undefined;
  /** Notices of intents that failed, oldest first. */
  notices: readonly Notice[];
  /** The search bar, while it is open. */
  search?: SearchState | undefined;
  choosing?: AppQuestion | undefined;
  /** How often the person has said which app they want from now on. */
  rememberedApps: number;
}

export interface PlatformActions {
  search: SearchBar;
  /** @param org none: the provider's default org */
  signIn(org?: SignInOrg): void;
  signOut(): void;
  restartProvider(): void;
  activate(pane: string): void;
  closeRecordView(viewId: string): void;
  closeApp(paneId: string): void;
  showSignIn(signInId: string): void;
  cancelSignIn(signInId: string): void;
  /** Has the person asked again which app shall do something. */
  forgetChosenApps(): void;
  dismissMessage(): void;
  answerNotice(noticeId: string, way: Notice['ways'][number] | 'dismiss'): void;
}
