import { LiveView } from '../../src/live-view/liveView.ts';

type State = 'live' | 'delayed' | 'paused' | 'signedOut';
type Event = { kind: 'state'; state: State; message?: string } | { kind: 'end' };

/** A subscription that says what the test has it say. */
class Scripted {
  state: State | undefined;
  asOf: Date | undefined;
  isOver = false;
  tell!: (event: Event) => void;

  begin = (listener: (event: Event) => void): this => {
    this.tell = (event) => {
      if (event.kind === 'state') this.state = event.state;
      listener(event);
    };
    return this;
  };

  end(): void {
    this.isOver = true;
  }
}

function viewOf(...all: Scripted[]) {
  const view = new LiveView();
  const told: string[] = [];
  for (const one of all) view.watch(one.begin, ({ kind }) => told.push(kind));
  return { view, told };
}

it('is as fresh as the worst and the oldest of what is shown', () => {
  const [first, second] = [new Scripted(), new Scripted()];
  const { view, told } = viewOf(first, second);
  expect(view.freshness).toEqual({ state: undefined, message: undefined, asOf: undefined });
  first.tell({ kind: 'state', state: 'live' });
  first.asOf = new Date(2);
  expect(view.freshness).toMatchObject({ state: undefined, asOf: new Date(2) });
  second.tell({ kind: 'state', state: 'paused', message: 'No network.' });
  second.asOf = new Date(1);
  expect(view.freshness).toEqual({ state: 'paused', message: 'No network.', asOf: new Date(1) });
  second.tell({ kind: 'state', state: 'live' });
  expect(view.freshness).toMatchObject({ state: 'live', message: undefined });
  expect(told).toHaveLength(3);
});

it('goes by those that are left when one has ended', () => {
  const [first, second] = [new Scripted(), new Scripted()];
  const { view } = viewOf(first, second);
  first.tell({ kind: 'state', state: 'live' });
  second.tell({ kind: 'end' });
  expect(view.freshness.state).toBe('live');
});

it('ends all of them together', () => {
  const all = [new Scripted(), new Scripted()];
  viewOf(...all).view.end();
  expect(all.map(({ isOver }) => isOver)).toEqual([true, true]);
});
