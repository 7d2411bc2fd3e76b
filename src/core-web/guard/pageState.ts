import { OwedAnswers } from './owedAnswers.ts';
import { PageChannels } from './pageChannels.ts';
import type { OutboundMessage } from './wireMessages.ts';

/** The guard's state of one page. The rules of both directions read and change it. */
export class PageState {
  /**
   * The page's requests that were not answered yet. The shared worker sends an answer to the page that has the asking
   * identity then, which may be another one.
   */
  readonly asked = new Map<string | number, OutboundMessage['action']>();
  readonly channels = new PageChannels();
  readonly owed = new OwedAnswers();
}
