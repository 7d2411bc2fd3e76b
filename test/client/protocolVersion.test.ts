import { readFileSync } from 'node:fs';
import { failure, success } from '../../src/outcomes/failure.ts';
import { configure, connect, InitializationError } from '../../src/client/index.ts';
import { clientVersion } from '../../src/client/version.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { startProvider, type Answers } from './scriptedProvider.ts';

async function connectTo(answers: Answers) {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const provider = await startProvider(bus, answers);
  const error: unknown = await connect().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { provider, error };
}

const speaks = (major: number, minor = 0): Answers => ({
  hello: () => success({ protocol: { major, minor }, identification: { kind: 'runtime' } }),
});

it('refuses a provider of a newer major version and says to update the app', async () => {
  const { provider, error } = await connectTo(speaks(2));
  expect(error).toBeInstanceOf(InitializationError);
  expect(error).toMatchObject({
    code: 'PROTOCOL_MISMATCH',
    message: expect.stringMatching(/Update the .* of this app/),
  });
  expect(provider.requests('connect')).toEqual([]);
  await Promise.resolve();
  expect(provider.channel.connections).toEqual([]);
});

it('refuses a provider of an older major version and says to update the provider', async () => {
  const { error } = await connectTo(speaks(0));
  expect(error).toMatchObject({
    code: 'PROTOCOL_MISMATCH',
    message: expect.stringMatching(/Update the Salesforce provider/),
  });
});

it('passes on the refusal of a provider that does not speak its version', async () => {
  const { error } = await connectTo({ hello: () => failure('PROTOCOL_MISMATCH', 'Update this app.') });
  expect(error).toBeInstanceOf(InitializationError);
  expect(error).toMatchObject({ code: 'PROTOCOL_MISMATCH', message: 'Update this app.' });
});

it('gets on with a provider of a newer minor version', async () => {
  const { error } = await connectTo(speaks(1, 7));
  expect(error).toBeUndefined();
});

it('passes on that this app is not allowed', async () => {
  const { error } = await connectTo({ hello: () => failure('APP_NOT_ALLOWED', 'Not on the list.') });
  expect(error).toMatchObject({ name: 'AuthorizationError', code: 'APP_NOT_ALLOWED' });
});

it('says the version of the package it is part of', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(clientVersion).toBe(manifest.version);
});
