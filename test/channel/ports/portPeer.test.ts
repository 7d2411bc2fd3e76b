import { PortPeer } from '../../../src/channel/ports/portPeer.ts';

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

interface Ends {
  /** The other end, as messages that are written by hand. */
  port: MessagePort;
  peer: PortPeer;
  asked: unknown[][];
  ended: number;
  /** What the other end has been sent. */
  received: unknown[];
  /** The next message to the other end. */
  next(): Promise<unknown>;
}

function ends(answer: (action: string, payload: unknown) => unknown = () => 'answered'): Ends {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const received: unknown[] = [];
  let told: (message: unknown) => void = () => undefined;
  port2.onmessage = ({ data }: MessageEvent<unknown>) => {
    received.push(data);
    told(data);
  };
  const ends: Ends = {
    port: port2,
    asked: [],
    ended: 0,
    received,
    next: () => new Promise((resolve) => (told = resolve)),
    peer: new PortPeer(port1, {
      answer(action, payload) {
        ends.asked.push([action, payload]);
        return answer(action, payload);
      },
      onEnded: () => (ends.ended += 1),
    }),
  };
  return ends;
}

it('two pages ask each other, each answer going to what it answers', async () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const nobody = { onEnded: () => undefined };
  const one = new PortPeer(port1, { ...nobody, answer: (action, payload) => ({ by: 'one', action, payload }) });
  const other = new PortPeer(port2, { ...nobody, answer: async (action) => ({ by: 'other', action }) });
  expect(await Promise.all([one.ask('a', 1), one.ask('b', 2), other.ask('c', { deep: [3] })])).toEqual([
    { by: 'other', action: 'a' },
    { by: 'other', action: 'b' },
    { by: 'one', action: 'c', payload: { deep: [3] } },
  ]);
});

it('an answer that fails tells the other page nothing of why', async () => {
  const { port, next } = ends(() => {
    throw new Error('a secret');
  });
  const reply = next();
  port.postMessage({ kind: 'ask', id: '1', action: 'a', payload: null });
  expect(await reply).toEqual({ kind: 'fault', id: '1' });
});

it('what a page waits for when the other goes away is given up, in words by which the client knows it', async () => {
  const { port, peer, next } = ends();
  const sent = next();
  const asked = peer.ask('a', null);
  await sent;
  port.postMessage({ kind: 'end' });
  await expect(asked).rejects.toThrow('no longer connected');
  await expect(peer.ask('b', null)).rejects.toThrow('no longer connected');
});

it('a page hears once that the other has ended, and not of its own end', async () => {
  const gone = ends();
  gone.port.postMessage({ kind: 'end' });
  const told = ends();
  const heard = told.next();
  told.peer.end();
  told.peer.end();
  expect(await heard).toEqual({ kind: 'end' });
  await expect(gone.peer.ask('a', null)).rejects.toThrow('no longer connected');
  expect([gone.ended, told.ended]).toEqual([1, 0]);
  expect(told.received).toEqual([{ kind: 'end' }]);
});

it.each([
  null,
  'ask',
  { kind: 'ask', id: '', action: 'a' },
  { kind: 'ask', id: '1', action: '' },
  { kind: 'ask', id: 'x'.repeat(101), action: 'a' },
  { kind: 'answer', id: 'never asked', reply: 'x' },
  { type: 'APPLY', id: '1', path: ['constructor', 'constructor'], argumentList: [] },
])('a message of another form is passed over: %j', async (message) => {
  const { port, asked, next } = ends();
  port.postMessage(message);
  const reply = next();
  port.postMessage({ kind: 'ask', id: 'after', action: 'b', payload: 2 });
  expect(await reply).toEqual({ kind: 'answer', id: 'after', reply: 'answered' });
  expect(asked).toEqual([['b', 2]]);
});
