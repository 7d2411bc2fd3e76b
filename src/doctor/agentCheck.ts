import type { DoctorContext } from './doctorContext.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

/**
 * Whether the desktop agent says which app has raised an intent (FDC3 2.2, `optionalFeatures.OriginatingAppMetadata`):
 * by that the provider decides who may have records shown.
 */
export async function checkDesktopAgent({ desktopAgent, inBrowser }: DoctorContext): Promise<Verdict> {
  if (!inBrowser) return skipped('A desktop is asked for its agent by its own page only.');
  if (!desktopAgent) return ok("The agent is this desktop's own, and names the app that has raised an intent.");
  const { name, namesSource, answersUnnamed } = desktopAgent;
  if (namesSource) return ok(`${name} names the app that has raised an intent.`);
  return answersUnnamed
    ? warning(`${name} does not name the app that has raised an intent, and every app of this desktop is answered.`)
    : failed(`${name} does not name the app that has raised an intent, so that none is answered.`);
}
