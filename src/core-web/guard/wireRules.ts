/**
 * What one page may say to HERE's shared worker. The shared worker knows from the port who speaks, but not whether they
 * may: it sends channel messages in any provider's name to anybody, takes any endpoint id for the sender's, and passes
 * on answers to questions that somebody else was asked. So each page may speak only for the channels it has made, on
 * the connections it has been given, and answer only what it has been asked.
 */
import { learnInbound } from './inboundRules.ts';
import { judgeOutbound, type OutboundRulesOptions, type Verdict } from './outboundRules.ts';
import { PageState } from './pageState.ts';

export interface WireRules {
  /** Judges a message of the page, as JSON text. */
  outbound(text: string): Verdict;
  /** Learns from a message to the page; false when it is none of the page's business. */
  inbound(text: string): boolean;
}

/** The rules for one page. */
export function createWireRules(options: OutboundRulesOptions): WireRules {
  const page = new PageState();
  return { outbound: (text) => judgeOutbound(text, page, options), inbound: (text) => learnInbound(text, page) };
}
