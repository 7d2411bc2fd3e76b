const FIRST_SERVED = 31;
const FIRST_EVER = 7;
/** Summer '26. */
const LATEST = 67;

/** One line of `GET /services/data`. */
interface ApiVersion {
  label: string;
  url: string;
  version: string;
}

/** The versions the org serves, oldest first. Versions 7.0 to 30.0 are retired. */
export function listApiVersions(): ApiVersion[] {
  return Array.from({ length: LATEST - FIRST_SERVED + 1 }, (_, index) => {
    const version = FIRST_SERVED + index;
    return { label: releaseLabel(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

/** What a version segment without its `v` stands for. */
export function apiVersionStatus(version: string): 'served' | 'retired' | 'unknown' {
  if (!/^\d+\.0$/.test(version)) return 'unknown';
  const number = Number(version);
  if (number >= FIRST_SERVED && number <= LATEST) return 'served';
  return number >= FIRST_EVER && number < FIRST_SERVED ? 'retired' : 'unknown';
}

/** Three releases a year since Summer '14 (31.0): Summer, Winter of the next year, Spring of that year. */
function releaseLabel(version: number): string {
  const releases = version - 31;
  const year = 14 + Math.floor(releases / 3);
  const season = releases % 3;
  if (season === 0) return `Summer '${year}`;
  return season === 1 ? `Winter '${year + 1}` : `Spring '${year + 1}`;
}
