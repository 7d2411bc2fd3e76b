import type { DoctorContext } from './doctorContext.ts';

export const noRedirect = 'Signing in on another device uses none.';
export const noWindow = 'Signing in on another device shows no page of the org here.';

/** The origins that the sign-in window may show. */
export const allowedInWindow = ({
  orgUrl,
  identityProviders,
}: Pick<DoctorContext, 'orgUrl' | 'identityProviders'>): string =>
  [new URL(orgUrl).origin, ...identityProviders].join(', ');
