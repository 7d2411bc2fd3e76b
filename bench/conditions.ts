import { appsOfThePerson } from './comparison.ts';
import type { Extent } from './extent.ts';
import { deskApps, readsOfApp } from './largeOrg.ts';
import { readsAtOnce, readsInARow } from './works.ts';

/** What has to be known to read the numbers. */
export function conditionsOf({ hours, warmUpRounds, rounds, largeRounds }: Extent): string[] {
  return [
    `Chromium on this machine, one embedded org for all, reached as https://northbridge.my.salesforce.com; each answer later by as many milliseconds as it says; ${rounds} rounds (${largeRounds} of the works that take seconds), and ${warmUpRounds} to warm up.`,
    'ours: apps of the HERE Core Web desk, each in a frame of an origin of its own; bare: fetch in a page, its token from outside; peer: pages with a stand-in for the desktop container.',
    `Each round reads ${readsInARow} other records in a row and ${readsAtOnce} at once, the same ones in every variant and none twice; a URL that is new to the browser costs a CORS preflight.`,
    'Tokens of ours are bearer tokens, as those of the others, but where it says bound.',
    'Connecting: the person is logged in at the org and has allowed the app, so that no page waits for them; the session before was left by its apps (`disconnect()`) and revoked. Each connect starts from a freshly loaded app whose module is there.',
    "The sign-in window of ours is a browser popup. The peer's is a page that the stand-in opens, with each call of fin crossing to the test process and back.",
    `${deskApps} apps at the same moment, each with ${readsOfApp} reads at once, of records that nobody has read before: on one desk, and as ${deskApps} pages that each bring the package. The org's limit of five approvals for a person and app is lifted, as it would end fifteen of the packages' sessions.`,
    'Intents: raised by one app, four at a time; each view is looked at until its record is there and then closed. Its requests are counted too.',
    "Memory: of the provider's renderer process (Pss), with the provider's origin in a process of its own (Origin-Agent-Cluster); each app has connected and sent a request.",
    'Live: an edit is timed from its answer until the last of three other apps has been told of it; edits are far enough apart that each is looked after at once. The hour passes by a clock that the bench moves, in the real token worker on a real org; requests of the REST API are counted.',
    `Day: ${hours} hours, ${appsOfThePerson} apps, one consumer key, 3 calls at once per app and quarter of an hour, all apps together. Access tokens end every 2 hours, refresh tokens rotate, five approvals per person and app.`,
    'Day: where a sixth app signs in, the org ends the oldest approval with its tokens, as Salesforce does.',
    'Day: an app whose call fails with AuthTokenExpiredError connects again; failed calls are not repeated.',
  ];
}
