import type { OrgSettings } from '../orgOptions.ts';
import type { OrgClock } from '../clock.ts';
import type { AppRegistry } from './appRegistry.ts';
import type { DeviceRequests } from './deviceFlow/deviceRequests.ts';
import type { DpopProofs } from './dpop/dpopProofs.ts';
import type { PendingLogins } from './pendingLogins.ts';
import type { RememberedConsents } from './rememberedConsents.ts';
import type { SecretJournal } from './secretJournal.ts';
import type { SingleSignOn } from './singleSignOn.ts';
import type { TokenStore } from './tokenStore.ts';
import type { UserDirectory } from './userDirectory.ts';

/** What the OAuth endpoints share. The policies among the `settings` may change while the org runs. */
export interface OAuthState {
  settings: OrgSettings;
  clock: OrgClock;
  apps: AppRegistry;
  users: UserDirectory;
  tokens: TokenStore;
  consents: RememberedConsents;
  devices: DeviceRequests;
  dpop: DpopProofs;
  journal: SecretJournal;
  logins: PendingLogins;
  /** Present when the org offers login through an identity provider. */
  sso: SingleSignOn | undefined;
  /** Called on every request to the token endpoint. */
  onTokenRequest: (grantType: string) => void;
}
