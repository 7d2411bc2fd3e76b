import '../../../sandbox/org/quietLibraries.ts';
import { startOrg } from '../../../sandbox/testing/startOrg.ts';
import { obtainTokens } from '../../support/orgBrowser.ts';

it('people sign in at an org of this process until it stops', async () => {
  const org = await startOrg({ contacts: 5 });
  const [administrator] = org.users;
  const tokens = await obtainTokens(org.url, { user: administrator!, parameters: { client_id: org.consumerKey } });
  expect(tokens['instance_url']).toBe(org.url);
  expect(await org.control.expireAccessTokens(administrator!.username)).toBe(1);
  await org.stop();
  await expect(fetch(org.url)).rejects.toThrow();
});

it('the consumer key is that of the first app which was given', async () => {
  const org = await startOrg({
    contacts: 5,
    clients: [{ consumerKey: 'mine', redirectUris: ['http://localhost:5173/'] }],
  });
  await org.stop();
  expect(org.consumerKey).toBe('mine');
});
