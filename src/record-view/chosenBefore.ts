import type { RecordViewState } from '../channel/protocol.ts';

/** What a record was chosen for before, where a view was opened with it for that reason. */
export function chosenBeforeFor(state: RecordViewState | undefined, id: string): string | undefined {
  return state?.kind === 'record' && state.id === id ? state.instead?.query : undefined;
}
