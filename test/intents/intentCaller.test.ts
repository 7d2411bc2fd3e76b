import { callerOf } from '../../src/intents/intentCaller.ts';

describe('callerOf', () => {
  it('knows the app, its instance and the trace id that the agent gives', () => {
    const metadata = {
      source: { appId: 'blotter', instanceId: 'blotter-1', desktopAgent: 'x' },
      traceId: '00-4bf92f35-01',
    };
    expect(callerOf(metadata)).toEqual({ appId: 'blotter', instanceId: 'blotter-1', traceId: '00-4bf92f35-01' });
  });

  it.each([
    [undefined, {}],
    [null, {}],
    ['blotter', {}],
    [{ source: null, traceId: 7 }, {}],
    [{ source: { appId: '', instanceId: 4 } }, {}],
    [{ source: { appId: 'blotter' }, traceId: 'two\nlines' }, { appId: 'blotter' }],
    [{ source: { appId: 'blotter' }, traceId: 'x'.repeat(257) }, { appId: 'blotter' }],
  ])('takes what is not of its form as left out: %j', (metadata, caller) => {
    expect(callerOf(metadata)).toEqual(caller);
  });
});
