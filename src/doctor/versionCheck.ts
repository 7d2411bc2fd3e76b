import { apiVersionList, missingVersion } from '../salesforce/apiVersions.ts';
import type { DoctorContext } from './doctorContext.ts';
import { isReadable } from './crossOrigin.ts';
import { failed, ok, skipped, type Verdict } from './verdict.ts';

/** GET /services/data, which needs no session (REST API Developer Guide, "Versions"). */
export async function checkApiVersion(context: DoctorContext): Promise<Verdict> {
  const { apiVersion, send, orgUrl, origin, inBrowser } = context;
  const answer = await send(new URL('/services/data', orgUrl).href, { headers: inBrowser ? {} : { origin } });
  if (!answer.answered || (inBrowser && !isReadable(answer, context)))
    return skipped('A page cannot read the answer before CORS is set up for the REST API.');
  const served = apiVersionList.safeParse(parsed(answer.text));
  if (!served.success) return skipped('The org does not tell which versions it has.');
  const missing = missingVersion(apiVersion, served.data);
  return missing ? failed(missing) : ok(`The org has version ${apiVersion}; its newest is ${served.data.at(-1)!}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
