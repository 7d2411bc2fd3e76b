import { failure, failureCodes, type FailureCode } from '../../src/outcomes/failure.ts';
import { failureSchema } from '../../src/channel/protocol.ts';
import * as client from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { startProvider, type Answers } from './scriptedProvider.ts';

const { ApiError, ApiRequestError, AuthTokenExpiredError, AuthorizationError, InitializationError, ParameterError } =
  client;
const classes = {
  ApiError,
  ApiRequestError,
  AuthTokenExpiredError,
  AuthorizationError,
  InitializationError,
  ParameterError,
};
const codes = Object.keys(failureCodes) as FailureCode[];

async function failing(answers: Answers, options?: { raw: boolean }) {
  const bus = new ChannelBus();
  client.configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  await startProvider(bus, answers, options);
  const connection = await client.connect();
  return connection.executeApiRequest('/x').then(
    () => {
      throw new Error('succeeded');
    },
    (error: unknown) => error as Record<string, unknown>,
  );
}

describe('the error classes', () => {
  it('have the names and default messages of @openfin/salesforce', async () => {
    Object.assign(globalThis, { window: { fin: {} }, fin: {} });
    const peer = (await import('@openfin/salesforce')) as unknown as typeof classes;
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'fin');
    for (const name of Object.keys(classes) as Array<keyof typeof classes>) {
      const [theirs, ours] = [new peer[name](), new classes[name]()];
      expect([ours.name, ours.message, String(ours)]).toEqual([theirs.name, theirs.message, String(theirs)]);
      expect(ours).toBeInstanceOf(ApiError);
      expect(ours.stack).toMatch(new RegExp(`^${name}: `));
    }
    expect(new ApiRequestError('gone', 404).status).toBe(new peer.ApiRequestError('gone', 404).status);
  });

  it.each(codes)('brings %s over the channel with its class and members', async (code) => {
    const sent = failure(code, `about ${code}`, { status: 418, data: [{ errorCode: 'TEAPOT' }], correlationId: 'c-1' });
    failureSchema.parse(sent.error);
    const error = await failing({ execute: () => sent });
    expect(error).toBeInstanceOf(classes[failureCodes[code]]);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: failureCodes[code], code, message: `about ${code}`, correlationId: 'c-1' });
    if (failureCodes[code] === 'ApiRequestError')
      expect(error).toMatchObject({ status: 418, data: [{ errorCode: 'TEAPOT' }] });
  });

  it.each(codes.filter((code) => code !== 'INTERACTION_REQUIRED' && code !== 'SIGN_IN_REQUIRED'))(
    'brings %s from connect and getConnection',
    async (code) => {
      const bus = new ChannelBus();
      client.configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
      await startProvider(bus, { connect: () => failure(code, 'no'), getConnection: () => failure(code, 'no') });
      await expect(client.connect()).rejects.toMatchObject({ name: failureCodes[code], code });
      await expect(client.getConnection()).rejects.toMatchObject({ name: failureCodes[code], code });
    },
  );

  it('leaves out members that the provider did not send', async () => {
    const error = await failing({ execute: () => failure('NETWORK_FAILED', 'offline') });
    expect(Object.keys(error).sort()).toEqual(['code']);
  });

  it('keeps the code and the class of a failure that a newer provider made', async () => {
    const newer = {
      ok: false,
      error: { code: 'RATE_LIMITED', name: 'ApiRequestError', message: 'slow down', status: 429 },
    };
    const error = await failing({ execute: () => newer as never }, { raw: true });
    expect(error).toBeInstanceOf(ApiRequestError);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, message: 'slow down' });
  });

  it('makes an ApiError of a failure that names no class it knows', async () => {
    const error = await failing(
      { execute: () => ({ ok: false, error: { code: 'constructor', name: 'EvalError', message: 'x' } }) as never },
      { raw: true },
    );
    expect(Object.getPrototypeOf(error)).toBe(ApiError.prototype);
    expect(error).toMatchObject({ code: 'constructor', message: 'x' });
  });

  it.each([undefined, null, 'ok', 5, {}, { ok: 'yes' }, { ok: false }, { ok: false, error: 'broken' }])(
    'makes an ApiError of the reply %p',
    async (reply) => {
      const error = await failing({ execute: () => reply as never }, { raw: true });
      expect(error).toMatchObject({
        name: 'ApiError',
        code: 'INTERNAL',
        message: expect.stringContaining('could not be read'),
      });
    },
  );

  it('does not pass on what a throwing provider and the runtime put into their errors', async () => {
    const error = await failing({
      execute: () => {
        throw new Error('token=00Dxx!secret');
      },
    });
    expect(error).toMatchObject({ name: 'ApiError', code: 'INTERNAL' });
    expect(error).not.toHaveProperty('dispatchPayload');
    expect(error).not.toHaveProperty('cause');
    expect(`${String(error)} ${String(error.stack)} ${JSON.stringify(error)}`).not.toContain('secret');
  });
});
