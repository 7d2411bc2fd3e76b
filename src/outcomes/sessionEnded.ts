import { failure } from './failure.ts';

/** The answer to whoever names a session that is not there (any more), or not theirs. */
export const sessionEnded = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
