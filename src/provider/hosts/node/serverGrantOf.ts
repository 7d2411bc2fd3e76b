import { judgeOrgUrl } from '../../../salesforce/orgHosts.ts';
import { loginAudience } from '../../../salesforce/loginAudience.ts';
import { clientCredentialsGrant, jwtBearerGrant, type ServerGrant } from '../../../worker/serverGrant.ts';
import type { ServerFlow } from './commandLine.ts';
import { importPrivateKey } from './privateKey.ts';
import { readSecretFile } from './secretFile.ts';
import { StartRefused } from './startRefused.ts';

/**
 * Reads the key or secret and keeps it inside the grant; nothing else holds it.
 *
 * @throws {StartRefused} when it cannot be used, or the org cannot be signed in to that way.
 */
export async function serverGrantOf(flow: ServerFlow, orgUrl: string): Promise<ServerGrant> {
  if (flow.kind === 'jwt-bearer') {
    const { username, privateKeyFile, audience = loginAudience(orgUrl) } = flow;
    return jwtBearerGrant({
      username,
      audience,
      privateKey: await importPrivateKey(await readSecretFile(privateKeyFile, 'private key'), privateKeyFile),
    });
  }
  if (judgeOrgUrl(orgUrl).kind === 'loginHost') {
    throw new StartRefused(
      `${orgUrl} is a login host that many orgs share, which takes no client credentials: put the org's My Domain URL into the configuration (Setup > My Domain).`,
    );
  }
  return clientCredentialsGrant(
    'file' in flow.secret ? await readSecretFile(flow.secret.file, 'client secret') : flow.secret.value.trim(),
  );
}
