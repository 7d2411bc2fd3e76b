import {
  ApiError,
  ApiRequestError,
  AuthorizationError,
  AuthTokenExpiredError,
  InitializationError,
} from '../client/errors.ts';
import { RecordGoneError, UnreadableRecordError } from './recordPage.ts';

/** A failure in words for the person at the page. */
export interface FailureNotice {
  title: string;
  message: string;
  /** Label of the button; none when a repetition cannot help. */
  retry?: string;
}

const signInRequired: FailureNotice = {
  title: 'You are signed out of Salesforce',
  message: 'Sign in again to see this record.',
  retry: 'Sign in',
};

/** Notices of a view whose session is over. */
export const leftNotices: Record<'signedOut' | 'signInRequired', FailureNotice> = {
  signedOut: {
    title: 'You signed out of Salesforce',
    message: 'What this view showed is gone. To see it again, ask for it in the app that you came from.',
  },
  signInRequired,
};

function requestNotice(error: ApiRequestError): FailureNotice {
  if (error.status === 403 || error.status === 404) {
    return {
      title: 'You cannot see this record',
      message: 'It does not exist any more, or your Salesforce profile does not give you access to it.',
      retry: 'Try again',
    };
  }
  return { title: 'Salesforce could not answer', message: error.message, retry: 'Try again' };
}

/** Describes a failure so that the person knows what to do next. */
export function failureNoticeOf(error: unknown): FailureNotice {
  if (error instanceof AuthTokenExpiredError) return signInRequired;
  if (error instanceof AuthorizationError)
    return { title: 'Salesforce sign-in', message: error.message, retry: 'Sign in' };
  if (error instanceof ApiRequestError) return requestNotice(error);
  if (error instanceof InitializationError) {
    return { title: 'No connection to Salesforce', message: error.message, retry: 'Try again' };
  }
  if (error instanceof RecordGoneError) return { title: 'Not there any more', message: error.message };
  if (error instanceof UnreadableRecordError) {
    return { title: 'You cannot see this record', message: error.message, retry: 'Try again' };
  }
  if (error instanceof ApiError) return { title: 'Something went wrong', message: error.message, retry: 'Try again' };
  return { title: 'Something went wrong', message: 'This page met something unexpected.', retry: 'Try again' };
}
