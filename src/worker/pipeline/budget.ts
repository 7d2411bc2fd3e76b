import type { OrgUsage } from '../../channel/orgUsage.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import { systemTimers } from '../../time.ts';
import type { ApiUsage } from '../rest/limitInfo.ts';
import type { PipelineAnswer, PipelineRequest, Step } from './step.ts';

export interface BudgetSettings {
  slowBackgroundFrom: number;
  refuseBackgroundFrom: number;
}

interface BudgetOptions {
  settings: BudgetSettings;
  orgOf: (sessionId: string) => string;
  orgUrlOf: (sessionId: string) => string;
  pausedUntil: (org: string) => number | undefined;
  /** Asks the org for its limits, where no answer tells; undefined where it does not say. */
  askLimits: (sessionId: string) => Promise<ApiUsage | undefined>;
  now: () => number;
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told of the figures now and then. */
  onUsage: (usage: OrgUsage[]) => void;
}

interface Book {
  orgUrl: string;
  asked: number;
  sent: number;
  apps: Map<string, { asked: number; sent: number }>;
  known: (ApiUsage & { at: number; sentThen: number }) | undefined;
  /** When the limits were asked for, and how many requests had been sent by then. */
  askedLimits: { at: number; sent: number } | undefined;
}

/** For how long what the org has said of its use counts. */
const validMs = 900_000;
/** After so many requests the limits are asked for, where no answer tells of them. */
const sentBetweenLimits = 200;
/** How long a request waits that is slowed. */
const slowMs = 2_000;
/** Figures are told no more often. */
const toldEveryMs = 1_000;

/**
 * Knows how much of an org's API requests is used, and what this desktop has saved: requests asked for and sent, of
 * each app and of all. Where much is used, requests of the background are slowed and then refused, those of
 * people never.
 */
export function createBudget(options: BudgetOptions) {
  const { settings, orgOf, orgUrlOf, pausedUntil, askLimits, now, delay, onUsage } = options;
  const books = new Map<string, Book>();
  let isTelling = false;

  function bookOf(sessionId: string): Book {
    const org = orgOf(sessionId);
    const book = books.get(org) ?? {
      orgUrl: orgUrlOf(sessionId),
      asked: 0,
      sent: 0,
      apps: new Map<string, { asked: number; sent: number }>(),
      known: undefined,
      askedLimits: undefined,
    };
    books.set(org, book);
    return book;
  }

  function count(book: Book, app: string, what: 'asked' | 'sent', by: number): void {
    const own = book.apps.get(app) ?? { asked: 0, sent: 0 };
    book.apps.set(app, own);
    own[what] += by;
    book[what] += by;
    tell();
  }

  /** Share of the org's requests that is used; undefined where nothing is known of it, or not any more. */
  function shareOf({ known, sent }: Book): number | undefined {
    if (!known || now() - known.at > validMs) return undefined;
    return (known.used + sent - known.sentThen) / known.limit;
  }

  function background(book: Book): OrgUsage['background'] {
    const share = shareOf(book);
    if (share === undefined) return 'normal';
    if (share >= settings.refuseBackgroundFrom) return 'refused';
    return share >= settings.slowBackgroundFrom ? 'slowed' : 'normal';
  }

  function learn(book: Book, sessionId: string, { usage }: PipelineAnswer): void {
    if (usage) book.known = { ...usage, at: now(), sentThen: book.sent };
    else if (mayAskLimits(book)) {
      book.askedLimits = { at: now(), sent: book.sent };
      void askLimits(sessionId).then((told) => {
        count(book, ownRequests, 'sent', 1);
        if (told) book.known = { ...told, at: now(), sentThen: book.sent };
      });
    }
  }

  function mayAskLimits({ known, askedLimits, sent }: Book): boolean {
    if (known && now() - known.at < validMs) return false;
    return !askedLimits || now() - askedLimits.at > validMs || sent - askedLimits.sent >= sentBetweenLimits;
  }

  function tell(): void {
    if (isTelling) return;
    isTelling = true;
    systemTimers.after(toldEveryMs, () => {
      isTelling = false;
      onUsage(figures());
    });
  }

  function figures(): OrgUsage[] {
    return [...books].map(([org, book]) => figuresOf(book, background(book), pausedUntil(org)));
  }

  return {
    /** What becomes of requests of the background at the moment. */
    backgroundOf: (sessionId: string): OrgUsage['background'] => background(bookOf(sessionId)),

    /** Counts what is asked for; to be the first step. */
    counting(next: Step): Step {
      return (asked) => {
        count(bookOf(asked.sessionId), asked.app, 'asked', 1);
        return next(asked);
      };
    },

    /** Slows and refuses requests of the background; to be before the turns. */
    holding(next: Step): Step {
      return async function held(asked: PipelineRequest) {
        const book = bookOf(asked.sessionId);
        if (asked.isPersons || asked.priority !== 'background') return next(asked);
        const held = background(book);
        if (held === 'slowed') {
          await delay(slowMs, asked.signal);
          asked.signal.throwIfAborted();
        }
        if (held !== 'refused') return next(asked);
        const until = new Date(book.known!.at + validMs).toISOString();
        const outcome = outcomeFailure({ stage: 'request', refused: 'overBudget' }, { data: { until } });
        return { outcome, served: 'org', size: 0 };
      };
    },

    /** Counts what is sent, and reads what the org says of its use; to be the last step. */
    learning(next: Step): Step {
      return async function counted(asked) {
        const book = bookOf(asked.sessionId);
        const answer = await next(asked);
        count(book, asked.app, 'sent', answer.sent ?? 1);
        learn(book, asked.sessionId, answer);
        return answer;
      };
    },
  };
}

function figuresOf(
  { orgUrl, asked, sent, apps, known }: Book,
  background: OrgUsage['background'],
  until: number | undefined,
): OrgUsage {
  return {
    orgUrl,
    asked,
    sent,
    ...(known && { used: known.used + sent - known.sentThen, limit: known.limit }),
    background,
    ...(until !== undefined && { pausedUntil: new Date(until).toISOString() }),
    apps: [...apps].map(([app, own]) => ({ app, ...own })),
  };
}

/** In whose name the limits are asked for. */
const ownRequests = 'provider';
