import { benchReport } from '../../bench/report.ts';
import { describeReport, table } from '../../bench/table.ts';
import { report } from './sampleReport.ts';

describe('describeWork', () => {
  it('gives medians, ratios of them, the spread and the requests of a round', () => {
    expect(report.works[0]).toEqual({
      name: 'one read after another',
      protocol: 'HTTP/2',
      latencyMs: 20,
      unit: 'ms',
      ours: 3,
      bare: 2,
      peer: 4,
      oursToBare: 1.5,
      oursToPeer: 0.75,
      spread: { ours: { p25: 2.5, p75: 3.5 }, bare: { p25: 2, p75: 2 }, peer: { p25: 4, p75: 4.5 } },
      orgRequests: { ours: 40, bare: 40, peer: 40 },
    });
  });

  it('is null where a variant has no such work', () => {
    expect(report.works[1]).toMatchObject({
      bare: null,
      oursToBare: null,
      oursToPeer: 0.25,
      spread: { bare: null },
      orgRequests: { ours: 5, bare: null, peer: 7 },
    });
  });
});

describe('the JSON', () => {
  it('comes back from its text as it was', () => {
    expect(benchReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it.each([
    ['a median that is no number', { works: [{ ...report.works[0], ours: Number.NaN }] }],
    ['a work without its ratios', { works: [{ ...report.works[0], oursToPeer: undefined }] }],
    ['half a day', { day: { ours: report.day.ours } }],
    ['a part of a sign-in', { day: { ...report.day, ours: { ...report.day.ours, signIns: 0.5 } } }],
    ['no size', { clientGzipBytes: 0 }],
  ])('is refused with %s', (_what, change) => {
    expect(benchReport.safeParse({ ...report, ...change }).success).toBe(false);
  });
});

describe('the printed report', () => {
  const text = describeReport(report);

  it('shows each number that the JSON has', () => {
    expect(text).toMatch(
      /one read after another, ms +HTTP\/2, 20 ms +3 \(2\.50-3\.50\) +2 \(2-2\) +4 \(4-4\.50\) +1\.50 +0\.75\n/,
    );
    expect(text).toMatch(/first connect, ms +HTTP\/1\.1, 0 ms +100 \(100-100\) +- +400 \(400-400\) +- +0\.25\n/);
    expect(text).toMatch(/a read, ms +3 \(3-4\) +2 \(2-2\) +1\.50\n/);
    expect(text).toMatch(/one read after another +HTTP\/2, 20 ms +40 +40 +40\n/);
    expect(text).toMatch(/failed calls +0 +480\n/);
    expect(text).toMatch(/gzipped +6000 +33000\n/);
    expect(text).toMatch(/intents over 100 people +500 +620 +40\n/);
    expect(text).toMatch(/provider's process, MB +60 +90 +1\.50\n/);
    expect(text).toMatch(/shown by 3 others, ms +HTTP\/2, 20 ms +40 +4 +25\n/);
    expect(text).toMatch(/20 apps, one account +721 +14420\n/);
    expect(text).toMatch(/MB +20 +22 +22\.50\n/);
    expect(text).toContain('- All on one machine.');
  });

  it('says nothing but what was measured', () => {
    expect(text).not.toMatch(/faster|slower|better|worse|wins/i);
  });
});

it('lines columns up', () => {
  expect(
    table(
      ['what', 'n'],
      [
        ['a', '1000'],
        ['longer', '2'],
      ],
    ),
  ).toBe('what       n\n------  ----\na       1000\nlonger     2');
});
