import type { BenchReport, DayTotals, Network, VariantName, Work } from './report.ts';

const none = '-';
const titles: Record<VariantName, string> = {
  ours: 'salesforce-interop',
  bare: 'bare fetch',
  peer: '@openfin/salesforce',
};

/** The report as text for a terminal. */
export function describeReport({
  works,
  binding,
  day,
  heap,
  intents,
  memory,
  live,
  clientGzipBytes,
  peerGzipBytes,
  rounds,
  conditions,
}: BenchReport): string {
  const timed = table(
    [`median (p25-p75), ${rounds} rounds`, 'over', titles.ours, titles.bare, titles.peer, 'ours/bare', 'ours/peer'],
    works.map((work) => [
      `${work.name}, ${work.unit}`,
      over(work),
      time(work, 'ours'),
      time(work, 'bare'),
      time(work, 'peer'),
      show(work.oursToBare),
      show(work.oursToPeer),
    ]),
  );
  const bound = table(
    ['median (p25-p75)', 'bound (DPoP)', 'bearer', 'bound/bearer'],
    [
      [
        `${binding.name}, ${binding.unit}`,
        ...(['dpop', 'bearer'] as const).map(
          (kind) => `${show(binding[kind])} (${show(binding.spread[kind].p25)}-${show(binding.spread[kind].p75)})`,
        ),
        show(binding.dpopToBearer),
      ],
    ],
  );
  const counted = table(
    ['requests at the org, one round', 'over', titles.ours, titles.bare, titles.peer],
    works.map(({ orgRequests, ...work }) => [
      work.name,
      over(work),
      show(orgRequests.ours),
      show(orgRequests.bare),
      show(orgRequests.peer),
    ]),
  );
  const dayRow = (label: string, of: (totals: DayTotals) => number): string[] => [
    label,
    String(of(day.ours)),
    String(of(day.peer)),
  ];
  const lived = table(
    ['one person, one day, ten apps', titles.ours, titles.peer],
    [
      dayRow('sign-ins by a person', ({ signIns }) => signIns),
      dayRow('sign-in windows opened', ({ signInWindows }) => signInWindows),
      dayRow('token requests', ({ tokenRequests }) => tokenRequests),
      dayRow('failed calls', ({ failedCalls }) => failedCalls),
      dayRow('calls', ({ calls }) => calls),
    ],
  );
  const sizes = table(
    ["in an app's bundle", titles.ours, titles.peer],
    [['bytes, minified and gzipped', String(clientGzipBytes), String(peerGzipBytes)]],
  );
  const read = table(
    ['heap of an app that reads rows', ...heap.map(({ rows }) => String(rows))],
    [['MB', ...heap.map(({ megabytes }) => show(megabytes))]],
  );
  const raised = table(
    ['ViewContact', 'intents', 'requests at the org', 'ms each'],
    [
      [
        `intents over ${intents.people} people`,
        ...[intents.intents, intents.orgRequests, intents.millisecondsEach].map(show),
      ],
    ],
  );
  const held = table(
    ['memory', 'one app', `${memory?.apps ?? none} apps`, 'ratio'],
    [
      [
        "the provider's process, MB",
        ...[memory?.oneAppMegabytes, memory?.allAppsMegabytes, memory?.ratio].map((value) => show(value ?? null)),
      ],
    ],
  );
  const shown = table(
    ['an edit in one app', 'over', 'until the others show it', 'a channel round trip', 'a read'],
    live.edits.map(({ latencyMs, apps, shownMs, roundTripMs, readMs }) => [
      `shown by ${apps} others, ms`,
      over({ protocol: 'HTTP/2', latencyMs }),
      ...[shownMs, roundTripMs, readMs].map(show),
    ]),
  );
  const hour = table(
    ['live for an hour', 'requests at the org', `each asking every ${live.hour.everyMs / 1_000} s`],
    [[`${live.hour.apps} apps, one account`, String(live.hour.orgRequests), String(live.hour.polling)]],
  );
  return [
    timed,
    bound,
    counted,
    read,
    raised,
    held,
    shown,
    hour,
    lived,
    sizes,
    conditions.map((line) => `- ${line}`).join('\n'),
  ].join('\n\n');
}

const over = ({ protocol, latencyMs }: Network): string => `${protocol}, ${latencyMs} ms`;

function time(work: Work, variant: VariantName): string {
  const range = work.spread[variant];
  return range ? `${show(work[variant])} (${show(range.p25)}-${show(range.p75)})` : none;
}

function show(value: number | null): string {
  if (value === null) return none;
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 2 : 0);
}

/** Columns as wide as their widest cell; the first reads from the left, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
