import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import { exposeMethods } from '../../src/worker/exposeMethods.ts';

/** What a worker would hold: verbs, and a secret that only they can reach. */
function openedDoor() {
  const { port1, port2 } = new MessageChannel();
  const told: unknown[] = [];
  const verbs = {
    greet: async (name: string) => `hello ${name}`,
    async listen(callback: (text: string) => void) {
      const remote = callback as Remote<typeof callback>;
      await remote('heard');
      remote[releaseProxy]();
    },
  };
  exposeMethods(verbs, port1, ['listen']);
  port2.start();
  port2.addEventListener('message', ({ data }) => void told.push(data));
  const close = () => {
    port1.close();
    port2.close();
  };
  return { port: port2, verbs: wrap<typeof verbs>(port2), told, close };
}

describe("the worker's exposed methods", () => {
  it('lets calls through, with their arguments, results and callbacks', async () => {
    const { verbs, close } = openedDoor();
    expect(await verbs.greet('Morgan')).toBe('hello Morgan');
    const heard = new Promise((resolve) => void verbs.listen(proxy(resolve)));
    expect(await heard).toBe('heard');
    close();
  });

  it('answers nothing but plain calls of its own methods', async () => {
    const { port, verbs, told, close } = openedDoor();
    const raw = (value: unknown) => ({ type: 'RAW', value });
    const attacks = [
      { type: 'GET', path: ['greet'] },
      { type: 'GET', path: [] },
      { type: 'SET', path: ['greet'], value: raw('replaced') },
      { type: 'SET', path: ['__proto__', 'polluted'], value: raw(true) },
      { type: 'SET', path: ['constructor', 'prototype', 'polluted'], value: raw(true) },
      { type: 'APPLY', path: ['constructor', 'constructor'], argumentList: [raw('return globalThis')] },
      { type: 'APPLY', path: ['greet', 'constructor'], argumentList: [raw('return globalThis')] },
      { type: 'APPLY', path: ['greet', 'call'], argumentList: [raw(null)] },
      { type: 'APPLY', path: ['toString'], argumentList: [] },
      { type: 'APPLY', path: ['__proto__'], argumentList: [] },
      { type: 'APPLY', path: ['hasOwnProperty'], argumentList: [raw('greet')] },
      {
        type: 'APPLY',
        path: ['greet'],
        argumentList: [{ type: 'HANDLER', name: 'throw', value: { isError: false, value: 'x' } }],
      },
      { type: 'APPLY', path: ['greet'], argumentList: [{ type: 'HANDLER', name: 'proxy', value: null }] },
      { type: 'CONSTRUCT', path: ['greet'], argumentList: [] },
      { type: 'CONSTRUCT', path: ['greet', 'constructor'], argumentList: [raw('return globalThis')] },
      { type: 'ENDPOINT' },
      { type: 'RELEASE' },
      null,
      'APPLY',
      7,
      [],
      { type: 'APPLY' },
    ];
    attacks.forEach((attack, index) =>
      port.postMessage(
        attack !== null && typeof attack === 'object' && !Array.isArray(attack)
          ? { id: `attack ${index}`, ...attack }
          : attack,
      ),
    );
    expect(await verbs.greet('Morgan')).toBe('hello Morgan');
    expect(told.filter((answer) => String((answer as { id?: string }).id).startsWith('attack'))).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    close();
  });
});
