import { morgan, OrgBrowser, type Page } from './orgBrowser.ts';

/** What a person does with a device's code on another device, in a browser that the org does not know yet. */
export async function decideOnSecondDevice(
  orgUrl: string,
  userCode: string,
  decision: 'allow' | 'deny',
  user = morgan,
): Promise<Page> {
  const browser = new OrgBrowser(orgUrl);
  const connect = await browser.open(`/setup/connect?user_code=${userCode}`);
  const login = await browser.submit(connect.page!, { user_code: userCode });
  const approval = await browser.submit(login.page!, { username: user.username, password: user.password });
  const done = await browser.submit(approval.page!, { decision });
  if (!done.page) throw new Error(`The org's pages ended at ${done.callback?.href}`);
  return done.page;
}
