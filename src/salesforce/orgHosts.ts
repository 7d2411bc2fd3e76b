/**
 * Which hosts may be treated as a Salesforce org. A host ends with one of these, dot included; production, sandbox,
 * scratch, developer and partitioned domains all do (`x.my.salesforce.com`, `x--uat.sandbox.my.salesforce.com`).
 *
 * @see Salesforce Help, "My Domain URL Formats".
 */
const ORG_HOST_SUFFIXES = ['.my.salesforce.com', '.my.site.com', '.my.salesforce.mil', '.my.sfcrmproducts.cn'] as const;

/**
 * Shared login hosts. They are Salesforce's but no org, and their token endpoint sends no CORS headers, so a browser
 * cannot use it.
 */
const LOGIN_HOSTS = [
  'login.salesforce.com',
  'test.salesforce.com',
  'login.sfcrmproducts.cn',
  'test.sfcrmproducts.cn',
] as const;

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a host, written as `URL` writes it, is this machine, so that what is sent there leaves it on no network. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname);
}

export type RefusedOrgUrl = 'notAUrl' | 'userInfo' | 'notHttps' | 'port' | 'unknownHost';

export type OrgUrlVerdict =
  | { kind: 'org'; origin: string }
  /** A shared login host: the caller should be told to use the My Domain address. */
  | { kind: 'loginHost'; origin: string }
  | { kind: 'refused'; reason: RefusedOrgUrl };

export interface OrgHostRules {
  /**
   * Origins outside Salesforce's own domains that configuration allows (a custom domain, an embedded org), written as
   * origins: `https://crm.bank.example`, `http://localhost:7090`. Plain http is honoured for loopback hosts only.
   */
  extraOrigins?: readonly string[];
}

const refused = (reason: RefusedOrgUrl): OrgUrlVerdict => ({ kind: 'refused', reason });

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function isExtraOrigin(origin: string, extraOrigins: readonly string[]): boolean {
  return extraOrigins.some((extra) => parseUrl(extra)?.origin === origin);
}

/**
 * Judges whether an address is that of an org, by its host alone and by exact rules; path and query do not matter.
 * `URL` itself turns look-alike letters into `xn--` names, which no suffix matches, and full-width letters into plain
 * ones.
 */
export function judgeOrgUrl(text: string, { extraOrigins = [] }: OrgHostRules = {}): OrgUrlVerdict {
  const url = parseUrl(text.trim());
  if (url === undefined) return refused('notAUrl');
  if (url.username !== '' || url.password !== '' || /^[a-z]+:[\\/]*[^\\/?#]*@/i.test(text.trim()))
    return refused('userInfo');
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return refused('notHttps');
  if (isExtraOrigin(url.origin, extraOrigins)) return { kind: 'org', origin: url.origin };
  if (isLoopback) return refused('unknownHost');
  if ((LOGIN_HOSTS as readonly string[]).includes(url.hostname)) return { kind: 'loginHost', origin: url.origin };
  if (!ORG_HOST_SUFFIXES.some((suffix) => isBelow(url.hostname, suffix))) return refused('unknownHost');
  if (url.port !== '') return refused('port');
  return { kind: 'org', origin: url.origin };
}

/** Whether at least one whole, plain-ASCII label stands before the suffix. */
function isBelow(hostname: string, suffix: string): boolean {
  if (!hostname.endsWith(suffix)) return false;
  const labels = hostname.slice(0, -suffix.length).split('.');
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label) && !label.startsWith('xn--'));
}

/** Whether this address is an org by the rules of {@link judgeOrgUrl}. */
export function isOrgUrl(text: string, rules: OrgHostRules = {}): boolean {
  return judgeOrgUrl(text, rules).kind === 'org';
}
