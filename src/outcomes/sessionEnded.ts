import { failure } from './failure.ts';

/** The failure for a caller that names a session which does not exist any more, or which it does not use. */
export const sessionEnded = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
