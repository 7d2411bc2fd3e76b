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

let opened = 0;
await startPlatform({
  brokerUrl: `${location.origin}/broker.html`,
  platformId: 'e2e-platform',
  directory: applications,
  openApp(app, { newInstance }) {
    if (!newInstance) return 'shown';
    opened += 1;
    addFrame(app, `opened-${opened}`);
    return 'started';
  },
  choose: async (choices) => choices.find(({ app }) => app.appId === document.body.dataset['choice']) ?? null,
});
for (const app of applications) addFrame(app, app.appId);
