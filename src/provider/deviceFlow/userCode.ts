/** A user code in groups of four, which people read and type without losing their place (RFC 8628, 6.1). */
export function groupsOf(userCode: string): string[] {
  return userCode.includes('-') ? userCode.split('-') : (userCode.match(/.{1,4}/g) ?? []);
}

/** The address with the code filled in, for a QR code (RFC 8628, 3.3.1; Salesforce takes `user_code`). */
export function addressWithCode(verificationUri: string, userCode: string): string {
  const url = new URL(verificationUri);
  url.searchParams.set('user_code', userCode);
  return url.href;
}

/** Time left as minutes and seconds, e.g. `9:05`; never negative. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
