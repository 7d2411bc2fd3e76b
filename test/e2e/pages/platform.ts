/** A bare platform: broker, bus and one frame for each app of the directory it is given. */
import { readAppDirectory, type AppRecord } from '../../../src/core-web/appDirectory.ts';
import { startPlatform } from '../../../src/core-web/startPlatform.ts';

const applications = readAppDirectory(await (await fetch('/appd.json')).json(), (sentence) => console.warn(sentence));
function addFrame({ details }: AppRecord, name: string): void {
  const frame = document.createElement('iframe');
  frame.name = name;
  frame.src = details.url;
  document.body.append(frame);
}

/** Whether the desk opens with it: the others are started when something is wanted of them. */
const opensAtOnce = (app: AppRecord): boolean => app['opens'] !== false;
const isThere = ({ details }: AppRecord): boolean =>
  [...document.querySelectorAll('iframe')].some(({ src }) => src === details.url);

let opened = 0;
await startPlatform({
  brokerUrl: `${location.origin}/broker.html`,
  platformId: 'e2e-platform',
  directory: applications,
  openApp(app, { newInstance }) {
    if (!newInstance && isThere(app)) return 'shown';
    opened += 1;
    addFrame(app, `opened-${opened}`);
    return 'started';
  },
  choose: async (choices) => choices.find(({ app }) => app.appId === document.body.dataset['choice']) ?? null,
});
for (const app of applications.filter(opensAtOnce)) addFrame(app, app.appId);
