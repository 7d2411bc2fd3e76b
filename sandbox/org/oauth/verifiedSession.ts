/** A session in which the person has entered a verification code: Salesforce's "High Assurance". */

/** Marks it (RFC 8176 §2). */
export const verifiedMethod = 'mfa';
/** Why somebody who is signed in without is asked for a code. */
export const highAssuranceReason = 'high_assurance';
