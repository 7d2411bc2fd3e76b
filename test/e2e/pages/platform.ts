/** A bare platform: broker, bus and one frame for each app of the directory it is given. */
import { readAppDirectory } from '../../../src/core-web/appDirectory.ts';
import { startPlatform } from '../../../src/core-web/startPlatform.ts';

const applications = readAppDirectory(await (await fetch('/appd.json')).json(), (sentence) => console.warn(sentence));
await startPlatform({
  brokerUrl: `${location.origin}/broker.html`,
  platformId: 'e2e-platform',
  directory: applications,
  openApp: ({ appId }) => (document.title = `opened ${appId}`),
  choose: async (choices) => choices.find(({ app }) => app.appId === document.body.dataset['choice']) ?? null,
});
for (const { appId, details } of applications) {
  const frame = document.createElement('iframe');
  frame.name = appId;
  frame.src = details.url;
  document.body.append(frame);
}
