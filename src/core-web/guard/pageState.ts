import { OwedAnswers } from './owedAnswers.ts';
import { PageChannels } from './pageChannels.ts';
import type { OutboundMessage } from './wireMessages.ts';

/** What the guard knows of one page: both directions learn from it, and add to it. */
export class PageState {
  /**
   * Own requests that are not answered. The shared worker sends answers to whoever has the asker's identity then, which
   * may be another page that has taken it over.
   */
  readonly asked = new Map<string | number, OutboundMessage['action']>();
  readonly channels = new PageChannels();
  readonly owed = new OwedAnswers();
}
