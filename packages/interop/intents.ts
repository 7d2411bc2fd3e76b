/**
 * The intent handlers, for any FDC3 desktop agent.
 *
 * @module salesforce-interop/intents
 */
export { registerIntentHandlers } from '../../src/intents/registerIntentHandlers.ts';
export type { IntentSettings } from '../../src/intents/answerIntent.ts';
export type { ListMapping, MappedLists } from '../../src/intents/mappedLists.ts';
export { defaultIdentifiers, type IdentifiersByObject } from '../../src/matching/identifiers.ts';
export { describeIntents, type IntentDescription, type IntentName } from '../../src/intents/describeIntents.ts';
export type {
  IntentRequestOptions,
  FailedIntent,
  IntentCaller,
  IntentServices,
  IntentPass,
  IntentSession,
  RecordChoice,
  RecordViewHandle,
  RecordViewRequest,
} from '../../src/intents/intentServices.ts';
export { success, failure, type Outcome } from '../../src/outcomes/failure.ts';
