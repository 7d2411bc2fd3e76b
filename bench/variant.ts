import type { Frame, Page } from 'playwright-core';
import type { VariantName } from './report.ts';

/** One of the ways to reach Salesforce that are compared. */
export interface Variant {
  name: VariantName;
  /** Milliseconds an app takes to connect while no app is connected; undefined where there is nothing to connect. */
  connectFirst?: () => Promise<number>;
  /** The same for an app that comes while the first one is connected. */
  connectSecond?: () => Promise<number>;
  /** The page of the app that connected first, which has `request` by now. */
  page(): Promise<Frame | Page>;
  /** Leaves everything as it was before `connectFirst`. */
  disconnect(): Promise<void>;
}
