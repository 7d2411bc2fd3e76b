import { createApiUsage } from '../../../../../sandbox/org/rest/http/apiUsage.ts';

const HOUR_MS = 3_600_000;

describe('createApiUsage', () => {
  it("refuses calls beyond the day's limit", () => {
    const usage = createApiUsage(2, () => 0);
    usage.count();
    usage.count();
    expect(() => usage.count()).toThrow('TotalRequests Limit exceeded.');
    expect(usage.used()).toBe(2);
  });

  it('forgets calls after 24 hours', () => {
    let now = 0;
    const usage = createApiUsage(1, () => now);
    usage.count();
    now = 25 * HOUR_MS;
    expect(usage.used()).toBe(0);
    expect(() => usage.count()).not.toThrow();
  });
});
