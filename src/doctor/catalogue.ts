/** What the doctor checks, in the order in which people read it. Needs nothing else, so that a page can list it. */
export interface CheckEntry {
  id: string;
  title: string;
  /** Where to fix it: a page of Salesforce's Setup, or a setting of this project. */
  mends: string;
}

const appSettings = 'Setup > External Client App Manager > the app > Settings > OAuth Settings';
const appPolicies = 'Setup > External Client App Manager > the app > Policies > OAuth Policies';

export const catalogue = [
  {
    id: 'myDomain',
    title: 'My Domain address',
    mends: 'Setup > My Domain shows the address; it is orgs[].orgUrl of the configuration',
  },
  {
    id: 'reachable',
    title: 'Org can be reached',
    mends: "This machine's network, proxy and DNS; the address under Setup > My Domain",
  },
  {
    id: 'tls',
    title: 'Certificate',
    mends: 'The proxy of this network and the certificates this machine trusts; for a custom domain, Setup > Domains',
  },
  {
    id: 'clock',
    title: 'Clock of this machine',
    mends: "This machine's date and time settings: set them by a time server",
  },
  {
    id: 'discovery',
    title: 'Answers as a Salesforce org',
    mends: 'orgs[].orgUrl of the configuration: the address under Setup > My Domain',
  },
  {
    id: 'app',
    title: 'App is known',
    mends:
      'Setup > External Client App Manager > the app > Settings > Consumer Key; orgs[].consumerKey of the configuration',
  },
  {
    id: 'installed',
    title: 'App is installed',
    mends: 'Setup > External Client App Manager: install the app in this org',
  },
  {
    id: 'callback',
    title: 'Callback URL',
    mends: `${appSettings} > Callback URL: the same as redirectUri of the configuration, letter by letter`,
  },
  { id: 'pkce', title: 'PKCE is accepted', mends: `${appSettings} > Require Proof Key for Code Exchange (PKCE)` },
  {
    id: 'pkceRequired',
    title: 'PKCE is required',
    mends: `${appSettings} > Require Proof Key for Code Exchange (PKCE): on`,
  },
  {
    id: 'secret',
    title: 'No client secret',
    mends: `${appSettings} > Require secret for Web Server Flow, and for Refresh Token Flow: off`,
  },
  { id: 'scopes', title: 'Scopes are allowed', mends: `${appSettings} > Selected OAuth Scopes` },
  {
    id: 'approved',
    title: 'User may use the app',
    mends: `${appPolicies} > Permitted Users, and the profiles or permission sets of the app`,
  },
  {
    id: 'renewal',
    title: 'Session can be renewed',
    mends: `${appPolicies} > Refresh Token Policy; the scope refresh_token among the app's OAuth scopes`,
  },
  { id: 'rotation', title: 'Refresh tokens rotate', mends: `${appSettings} > Enable Refresh Token Rotation: on` },
  {
    id: 'dpop',
    title: 'Tokens bound to this desktop',
    mends: "The app's OAuth settings for DPoP (demonstrating proof of possession); orgs[].dpop of the configuration",
  },
  {
    id: 'dpopCors',
    title: 'Page may send proofs',
    mends:
      'Nothing in Setup: where the org refuses the DPoP header to pages, leave orgs[].dpop at "preferred" or "off"',
  },
  {
    id: 'corsRest',
    title: 'CORS for the REST API',
    mends: "Setup > CORS > Allowed Origins List: add the provider's origin",
  },
  {
    id: 'corsOAuth',
    title: 'CORS for OAuth endpoints',
    mends: 'Setup > CORS > Cross-Origin Resource Sharing (CORS) Policy Settings > Enable CORS for OAuth endpoints',
  },
  {
    id: 'apiVersion',
    title: 'Version of the REST API',
    mends: 'apiVersion of the configuration: one that the org has',
  },
  {
    id: 'api',
    title: 'API access and requests left',
    mends: "The user's profile or permission set > API Enabled; Setup > System Overview > API Usage",
  },
  {
    id: 'windowRules',
    title: 'Where a sign-in may lead',
    mends: "orgs[].identityProviders of the configuration: the origin of the identity provider's sign-in pages",
  },
  {
    id: 'returnPage',
    title: 'Return page',
    mends:
      "The server of the provider's pages: signed-in.html and its Content-Security-Policy; redirectUri of the configuration",
  },
  {
    id: 'providerPage',
    title: "Provider's page policy",
    mends: "The server of the provider's pages: the Content-Security-Policy of its page",
  },
  {
    id: 'workerPolicy',
    title: "Token worker's policy",
    mends: "The server of the provider's pages: the Content-Security-Policy of token-worker.js",
  },
  {
    id: 'desktopAgent',
    title: 'Desktop agent names apps',
    mends:
      "The desktop's agent: another release, or another one. To answer whoever asks, platform.namesNoApps of the desktop's configuration",
  },
] as const satisfies readonly CheckEntry[];

export type CheckId = (typeof catalogue)[number]['id'];
