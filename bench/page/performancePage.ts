import type { BenchReport, Timeline, VariantName, Work } from '../report.ts';
import { explanations } from './explanations.ts';
import { goalsOf, isReached, type Figure, type Goal } from './goals.ts';

const none = '–';

/** `docs/performance.md`: what had to be reached, what was measured, and on what. */
export function performancePage(report: BenchReport): string {
  const goals = goalsOf(report);
  const missed = goals.filter(({ figures }) => !figures.every(isReached));
  return `${[
    '# Performance',
    '<!-- Written by `npm run bench -- --page`. -->',
    'Three ways to the same org, measured side by side in Chromium, one after the other within each round: **ours**, apps that share this provider; **bare**, `fetch` with a token in the page; **peer**, `@openfin/salesforce` in each app. Over HTTP/2, as real orgs speak it, unless a row says otherwise; `20 ms` means that each answer of the org comes 20 ms later, those to preflights too.',
    '## What had to be reached',
    table(
      ['work', 'compared', 'must reach', 'measured', 'reached'],
      goals.map((goal) => [
        goal.work,
        goal.compared,
        goal.figures.map(wanted).join('<br>'),
        goal.figures.map(measured).join('<br>'),
        verdict(goal),
      ]),
    ),
    ...(missed.length > 0
      ? [
          '## What stands in the way',
          ...missed.map(({ work, figures }) =>
            [
              `**${work}** (${figures
                .filter((one) => !isReached(one))
                .map(measured)
                .join(', ')}).`,
              explanationOf(work),
            ]
              .join(' ')
              .trim(),
          ),
        ]
      : []),
    '## Pictures',
    ...latenciesOf(report).map(
      (latency) =>
        `![Time of each work as a multiple of bare fetch, at ${latency} ms](./performance/at-${latency}-ms.svg)`,
    ),
    '![Requests at the org over one day of ten apps, with one provider and with a package in each](./performance/day.svg)',
    '## All times',
    'Medians, with the middle half of the samples. Requests: those that reached the org in one round, CORS preflights included.',
    table(
      ['work', 'over', 'ours', 'bare', 'peer', 'ours / bare', 'ours / peer', 'requests: ours, bare, peer'],
      report.works.map((work) => [
        `${work.name}, ${work.unit}`,
        `${work.protocol}, ${work.latencyMs} ms`,
        ...variants.map((variant) => time(work, variant)),
        show(work.oursToBare),
        show(work.oursToPeer),
        variants.map((variant) => show(work.orgRequests[variant])).join(', '),
      ]),
    ),
    `The heap of an app's process while the app goes through ${report.heap.at(-1)?.rows.toLocaleString('en') ?? 0} rows, garbage collected: ${report.heap.map(({ rows, megabytes }) => `${megabytes} MB after ${rows.toLocaleString('en')}`).join(', ')}.`,
    memorySentence(report),
    `In an app's bundle, minified and gzipped: ${bytes(report.clientGzipBytes)} ours, ${bytes(report.peerGzipBytes)} the peer.`,
    '## Where the time of a connect goes',
    'Milliseconds from the call of `connect()`, medians of several connects that were watched for this; the times above are of connects that nobody watched.',
    '### The first app, the person logged in at the org',
    timelineTable(report.connects.first),
    '### A second app',
    timelineTable(report.connects.second),
    '## A day',
    `One person, ${report.day.ours.calls.toLocaleString('en')} calls.`,
    table(
      ['', 'one provider', 'a package in each app'],
      (
        [
          ['sign-ins by a person', 'signIns'],
          ['sign-in windows opened', 'signInWindows'],
          ['token requests', 'tokenRequests'],
          ['failed calls', 'failedCalls'],
        ] as const
      ).map(([label, member]) => [label, String(report.day.ours[member]), String(report.day.peer[member])]),
    ),
    '## How it was measured',
    machineSentence(report),
    report.conditions.map((condition) => `- ${condition}`).join('\n'),
    '`npm run bench -- --json FILE --page` measures again and writes this page; a run takes about half an hour on two cores that do nothing else.',
  ].join('\n\n')}\n`;
}

const variants: readonly VariantName[] = ['ours', 'bare', 'peer'];

/** The one whose name the work begins with, or holds. */
function explanationOf(work: string): string {
  const found = Object.entries(explanations).find(([name]) => work === name || work.includes(`\`${name}\``));
  return found?.[1] ?? '';
}

/** The latencies that there are times of over HTTP/2. */
export const latenciesOf = ({ works }: BenchReport): number[] => [
  ...new Set(works.filter(({ protocol }) => protocol === 'HTTP/2').map(({ latencyMs }) => latencyMs)),
];

const at = ({ of, unit = '' }: Figure, value: string): string => `${value}${unit && ` ${unit}`}${of && `, ${of}`}`;
const wanted = (figure: Figure): string => `${figure.is === 'atMost' ? '≤' : '≥'} ${at(figure, show(figure.limit))}`;
const measured = (figure: Figure): string => at(figure, show(figure.measured));

function verdict({ figures }: Goal): string {
  if (figures.every(({ measured: value }) => value === null)) return 'not measured';
  return figures.every(isReached) ? 'yes' : figures.some(isReached) ? 'in part' : 'no';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function time(work: Work, variant: VariantName): string {
  const range = work.spread[variant];
  return range ? `${show(work[variant])} (${show(range.p25)} to ${show(range.p75)})` : none;
}

function timelineTable(timelines: readonly Timeline[]): string {
  const steps = [...new Set(timelines.flatMap(({ steps: all }) => all.map(({ step }) => step)))];
  const atStep = ({ steps: all }: Timeline, name: string): string =>
    show(all.find(({ step }) => step === name)?.atMs ?? null, 0);
  return table(
    ['', ...timelines.map(({ latencyMs }) => `${latencyMs} ms`)],
    steps.map((step) => [step, ...timelines.map((timeline) => atStep(timeline, step))]),
  );
}

function memorySentence({ memory }: BenchReport): string {
  if (!memory) return "This system does not say what the provider's process holds.";
  return `The provider's process held ${memory.oneAppMegabytes} MB with one app connected and ${memory.allAppsMegabytes} MB with ${memory.apps}.`;
}

function machineSentence({ machine }: BenchReport): string {
  const { cores, processor, memoryGigabytes, system, node, chromium } = machine;
  return `${cores} cores (${processor}), ${memoryGigabytes} GB, ${system}; Node.js ${node}, Chromium ${chromium}. Browser, org, and the desk's servers share these cores.`;
}

function show(value: number | null, digits = 2): string {
  if (value === null) return none;
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(value < 100 ? digits : 0);
}

const bytes = (count: number): string => `${count.toLocaleString('en')} bytes`;
