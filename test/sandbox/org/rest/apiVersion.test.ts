import { apiVersionStatus, listApiVersions } from '../../../../sandbox/org/rest/apiVersion.ts';

describe('listApiVersions', () => {
  it('lists versions in ascending order with their release names', () => {
    const versions = listApiVersions();
    expect(versions[0]).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
    expect(versions.find(({ version }) => version === '65.0')?.label).toBe("Winter '26");
    expect(versions.find(({ version }) => version === '66.0')?.label).toBe("Spring '26");
    expect(versions.at(-1)).toEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  });
});

describe('apiVersionStatus', () => {
  it.each([
    ['56.0', 'served'],
    ['30.0', 'retired'],
    ['68.0', 'unknown'],
    ['66', 'unknown'],
    ['66.5', 'unknown'],
    ['x', 'unknown'],
  ])('%s is %s', (version, status) => {
    expect(apiVersionStatus(version)).toBe(status);
  });
});
