/**
 * Rules for the messages of one page to HERE's shared worker. The shared worker knows by the port which page sends, but
 * does not check whether it may: it sends channel messages in the name of any provider to any client, takes any
 * endpoint id for the sender's, and passes on answers to messages that another page has received. So the rules let a
 * page speak only for channels that it has created, on connections that it was given, and answer only messages that it
 * has received.
 */
import { learnInbound } from './inboundRules.ts';
import { judgeOutbound, type OutboundRulesOptions, type Verdict } from './outboundRules.ts';
import { PageState } from './pageState.ts';

export interface WireRules {
  /** Judges a message of the page, as JSON text. */
  outbound(text: string): Verdict;
  /**
   * Updates the state by a message to the page.
   *
   * @returns false for a message that is not for the page
   */
  inbound(text: string): boolean;
  /**
   * The page's requests for a connection whose channel has gone since the last message, and which the shared worker
   * will never answer: each is told once.
   */
  takeUnanswerable(): readonly (string | number)[];
}

/** The rules for one page. */
export function createWireRules(options: OutboundRulesOptions): WireRules {
  const page = new PageState();
  return {
    outbound: (text) => judgeOutbound(text, page, options),
    inbound: (text) => learnInbound(text, page),
    takeUnanswerable: () => page.takeUnanswerable(),
  };
}
