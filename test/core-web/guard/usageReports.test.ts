import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { usageReportNames } from '../../../src/core-web/guard/usageReports.ts';
import { createWireRules } from '../../../src/core-web/guard/wireRules.ts';

const { outbound } = createWireRules({ origin: 'https://app.bank.example', reservedChannels: {} });
const say = (action: string, payload: unknown, more: object = {}) =>
  outbound(JSON.stringify({ action, payload, messageId: 'm', ...more }));
const folder = path.dirname(createRequire(import.meta.url).resolve('@openfin/core-web'));

describe('a report of its own use that core-web makes', () => {
  it.each(usageReportNames)('is refused like any call that is not offered, and is no news: %s', (name) => {
    expect(say(name, {})).toEqual({
      refusal: 'This platform offers no such call.',
      action: name,
      messageId: 'm',
      isUsual: true,
    });
  });

  it('is news with more in it than core-web writes, and under any other name', () => {
    for (const refused of [
      say('interop-init', { target: 'provider' }),
      say('interop-init', {}, { locals: { aggregate: [] } }),
      say('interop-init', undefined),
      say('interop-init', {}, { messageId: undefined }),
      say('interop-init-', {}),
      say('fdc3-', {}),
      say('get-version', {}),
    ])
      expect(refused).toEqual(expect.not.objectContaining({ isUsual: true }));
  });

  it('is one that core-web says without reading the answer, and the shared worker does not know', () => {
    const reported = /sendAction\("((?:interop|fdc3)-[a-z0-9-]+)"\)\.catch\(\((?:\(\)|\w)=>\{\}\)\)/g;
    const api = readdirSync(folder).filter((file) => /^main-\w+\.js$/.test(file));
    const said = api.flatMap((file) =>
      [...readFileSync(path.join(folder, file), 'utf8').matchAll(reported)].map(([, name]) => name!),
    );
    expect([...new Set(said)].sort()).toEqual([...usageReportNames].sort());
    const worker = readFileSync(path.join(folder, 'shared-worker.js'), 'utf8');
    expect(usageReportNames.filter((name) => worker.includes(`"${name}"`))).toEqual([]);
  });
});
