/** Entry of the provider's page on a desktop of another maker: an app of an FDC3 2.2 desktop agent. */
import { startAnewWhenShownAgain } from '../../../startAnew.ts';
import type { Caller } from '../../accessPolicy.ts';
import { ofRole } from '../../audience.ts';
import type { ChannelEndpoint } from '../../channelEndpoint.ts';
import { parseConfiguration } from '../../configuration.ts';
import { failureOf, pageParts } from '../../pageParts.ts';
import { startProvider } from '../../startProvider.ts';
import { createPlatformPage } from '../web/platformPage.ts';
import { createAgentHost, describeAgent, joinDesktopAgent, readAgentHostSettings } from './agentHost.ts';
import { showOwnPage } from './page/ownPage.ts';
import { createPageChannel } from './pageChannel.ts';

const channel = createPageChannel({
  page: window,
  isOwnFrame: (source) =>
    [...document.querySelectorAll<HTMLIFrameElement>('iframe[data-pane]')].some(
      ({ contentWindow }) => contentWindow === source,
    ),
});
const ownPage = showOwnPage(document.getElementById('root')!, channel);

async function start(): Promise<void> {
  // An agent waits some 15 s for the listener of an intent: joining it begins at once.
  const joining = joinDesktopAgent();
  joining.catch(() => undefined);
  const settings = readAgentHostSettings(await (await fetch('/config.json', { cache: 'no-store' })).json());
  const configuration = parseConfiguration(settings.provider);
  let endpoint: ChannelEndpoint | undefined;
  const { page, arrived } = createPlatformPage({
    isExpected: true,
    sendNow: async (action, payload) => (await endpoint?.sendTo(ofRole('platform'), action, payload as never)) ?? false,
  });
  const agent = await joining;
  const { host, ...hostEvents } = createAgentHost(agent, channel, page);
  const pageEvents = { ...hostEvents, admitted: ({ app }: Caller) => void (app.role === 'platform' && arrived()) };
  endpoint = await startProvider({ configuration, host, ...pageParts(), pageEvents });
  await ownPage.join();
  arrived();
  const { name, namesSource } = await describeAgent(agent);
  if (!namesSource)
    ownPage.unnaming({ agent: name, isAllowed: configuration.allowedApps.some(({ isUnnamed }) => isUnnamed) });
}

startAnewWhenShownAgain();
try {
  await start();
} catch (error) {
  ownPage.failed(failureOf(error));
}
