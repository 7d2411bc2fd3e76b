import { z } from 'zod';
import { demoUsers } from '../org/seed/demoUsers.ts';
import { startOrg } from '../org/server.ts';

/** Whoever asks it needs no person: the client credentials flow. */
const client = { consumerKey: 'embedded-org-client', secret: 'embedded-org-client-secret' };
const tokenAnswer = z.object({ access_token: z.string() });

/** Starts an embedded org on a free port, and signs in its administrator. */
export async function startEmbeddedOrg({
  isEmpty,
}: {
  isEmpty: boolean;
}): Promise<{ orgUrl: string; accessToken: string; close: () => Promise<void> }> {
  const org = await startOrg({
    ...(isEmpty && { contacts: 0 }),
    clients: [{ ...client, redirectUris: ['http://localhost/unused'], clientCredentialsUser: demoUsers[0]!.username }],
  });
  try {
    const response = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client.consumerKey,
        client_secret: client.secret,
      }),
    });
    const { access_token: accessToken } = tokenAnswer.parse(await response.json());
    return { orgUrl: org.url, accessToken, close: () => org.close() };
  } catch (error) {
    await org.close();
    throw error;
  }
}
