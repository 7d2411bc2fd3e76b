/** Paths below the REST API with the version left out: `tooling`, `executeAnonymous`. Lower case. */
type Segments = readonly string[];

interface GuardedEndpoint {
  /** Why it is refused. */
  why: string;
  matches: (segments: Segments, writes: boolean) => boolean;
}

const starts =
  (...wanted: string[]) =>
  (segments: Segments): boolean =>
    wanted.every((segment, index) => segments[index] === segment);

/** The segments after `/services/data/vXX.X/`; none for other paths. */
function resourceOf(segments: Segments): Segments {
  return starts('services', 'data')(segments) ? segments.slice(3) : [];
}

function runsApex(segments: Segments): string | undefined {
  const [api, name = ''] = resourceOf(segments);
  return api === 'tooling' ? /^(?:executeanonymous$|runtests)/.exec(name)?.[0] : undefined;
}

const codeObjects: ReadonlySet<string> = new Set([
  'apexclass',
  'apextrigger',
  'apexpage',
  'apexcomponent',
  'auradefinitionbundle',
  'lightningcomponentbundle',
]);

/**
 * Endpoints that run code which the caller sends, or return session ids, tokens and passwords. An app that uses one of
 * them is no longer bound by what this provider allows it. They are refused whatever path prefixes are configured,
 * unless named one by one.
 *
 * @see Tooling API, "executeAnonymous" and "runTests"; Metadata API Developer Guide, "deployRequest"; Salesforce Help,
 *   "Single Access UI Bridge API"; REST API Developer Guide, "sObject User Password"; SOAP API Developer Guide,
 *   `login()`; REST API Developer Guide, "OAuth endpoints".
 */
export const guardedEndpoints = {
  executeAnonymous: {
    why: 'runs any Apex that is sent to it',
    matches: (segments) => runsApex(segments) === 'executeanonymous',
  },
  runTests: {
    why: 'runs Apex tests, which may do anything that Apex may',
    matches: (segments) => runsApex(segments) === 'runtests',
  },
  deployCode: {
    why: 'changes the code and settings of the org (Tooling and Metadata API, Apex classes and triggers)',
    matches(segments, writes) {
      const resource = resourceOf(segments);
      if (starts('metadata')(resource)) return true;
      const changesCode = starts('tooling')(resource) && runsApex(segments) === undefined;
      const object = starts('composite', 'tree')(resource)
        ? resource[2]
        : starts('sobjects')(resource)
          ? resource[1]
          : undefined;
      return writes && (changesCode || codeObjects.has(object ?? ''));
    },
  },
  passwords: {
    why: 'sets the password of a user, or makes one and tells it',
    matches(segments, writes) {
      const [api, , , verb] = resourceOf(segments);
      return writes && api === 'sobjects' && verb === 'password';
    },
  },
  soap: { why: 'is the SOAP API, whose login() hands out sessions', matches: starts('services', 'soap') },
  oauth: {
    why: 'hands out, exchanges, examines or ends tokens',
    matches: (segments) =>
      starts('services', 'oauth2')(segments) && segments[2] !== 'userinfo' && segments[2] !== 'singleaccess',
  },
  singleAccess: {
    why: 'turns the access token into a browser session',
    matches: starts('services', 'oauth2', 'singleaccess'),
  },
  frontDoor: { why: 'turns a session id into a browser session', matches: (segments) => segments[0] === 'secur' },
} satisfies Record<string, GuardedEndpoint>;

export type GuardedEndpointName = keyof typeof guardedEndpoints;
export const guardedEndpointNames = Object.keys(guardedEndpoints) as [GuardedEndpointName, ...GuardedEndpointName[]];

/**
 * The guarded endpoint that a path leads to, unless it is allowed.
 *
 * @param segments of the path as a server reads it: decoded, without empty ones. Any case.
 */
export function guardOf(
  segments: Segments,
  writes: boolean,
  allowed: readonly GuardedEndpointName[],
): GuardedEndpointName | undefined {
  // `.json` and `.xml` after a resource select the format of the answer (REST API Developer Guide, "Response Format").
  const plain = segments.map((segment) => segment.toLowerCase().split('.', 1)[0]!);
  return guardedEndpointNames.find((name) => !allowed.includes(name) && guardedEndpoints[name].matches(plain, writes));
}
