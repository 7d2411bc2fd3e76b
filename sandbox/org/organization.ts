/** The embedded org's own id, 18 characters (prefix 00D). */
export const organizationId = '00DNB0000000001EAA';

/** The 15-character form, with which access tokens begin. */
export const organizationKey = organizationId.slice(0, 15);

export const organizationName = 'Northbridge Capital';
