import { getAgent, LogLevel, type DesktopAgent } from '@finos/fdc3';
import { z } from '../../../zod.ts';
import { parseSettings } from '../../configuration.ts';
import type { Host } from '../host.ts';
import { createPlatformWindows } from '../web/platformWindows.ts';
import type { PlatformPage } from '../web/platformPage.ts';
import type { createPageChannel } from './pageChannel.ts';

/** The `config.json` of the provider's page: the provider's configuration. */
const agentHostSettings = z.object({ provider: z.unknown() });

/** @throws {ConfigurationError} naming every wrong path. */
export function readAgentHostSettings(input: unknown): z.output<typeof agentHostSettings> {
  return parseSettings(agentHostSettings, input);
}

/**
 * Milliseconds in which an agent has to answer. It may still be starting, and this page with it: the standard's default
 * of 0.75 s is meant for an agent that is there.
 */
const joinMs = 10_000;

/**
 * Joins the desktop agent whose app this page is (FDC3 2.2, "Web Connection Protocol"): the agent injected into the
 * page, or that of the page which has opened or framed it. The agent knows this page by its address.
 *
 * @throws Error with a sentence for a person when there is none, or it does not know this page.
 * @see https://fdc3.finos.org/docs/2.2/api/ref/GetAgent
 */
export async function joinDesktopAgent(): Promise<DesktopAgent> {
  try {
    // By default every message that crosses to the agent is logged, with the contexts of the apps in them.
    const logLevels = { connection: LogLevel.WARN, proxy: LogLevel.WARN };
    return await getAgent({ timeoutMs: joinMs, channelSelector: false, intentResolver: false, logLevels });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      why.includes('AccessDenied')
        ? `The desktop agent does not know this page: its app directory needs a record with the address ${location.origin}${location.pathname}.`
        : `No desktop agent has answered (${why}). Open this page from a desktop.`,
      { cause: error },
    );
  }
}

/** @see https://fdc3.finos.org/docs/2.2/api/ref/Metadata#implementationmetadata */
export async function describeAgent(agent: DesktopAgent): Promise<{ name: string; namesSource: boolean }> {
  const { provider, optionalFeatures } = implementation.parse(await agent.getInfo());
  return { name: provider, namesSource: optionalFeatures.OriginatingAppMetadata };
}

const implementation = z.looseObject({
  provider: z.string().min(1).max(100).catch('The desktop agent'),
  optionalFeatures: z.looseObject({ OriginatingAppMetadata: z.boolean() }).catch({ OriginatingAppMetadata: false }),
});

/**
 * A desktop of another maker that keeps to FDC3 2.2: the provider is an app of it with a page before the person, in
 * which records are shown and from which sign-in windows are opened. The agent says who raises an intent; the browser
 * says which of the provider's own frames asks on the channel.
 */
export function createAgentHost(
  agent: DesktopAgent,
  channel: ReturnType<typeof createPageChannel>,
  ownPage: PlatformPage,
) {
  const { opened, ...reports } = createPlatformWindows(ownPage);
  const host: Host = {
    channels: channel.channels,
    ticketUrl: undefined,
    redeemTicket: () => ({ refused: 'unknown' }),
    vouchFor: async ({ uuid: origin }) => ({ kind: 'origin', origin }),
    canSignInSilently: true,
    ...opened,
    desktopAgent: async () => agent,
    describeAgent: () => describeAgent(agent),
    // The agents' messages have a place for a context, a channel or nothing (FDC3 2.2, `intentResultRequest`), and
    // `@finos/fdc3` 2.2 sends none at all when a handler rejects: the app would wait for ever.
    losesRejections: true,
  };
  return { host, ...reports };
}
