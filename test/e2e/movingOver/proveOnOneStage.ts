import { sceneOf, type Proof } from './proof.ts';
import { connectBoth, openStage, type Stage } from './stage.ts';

/**
 * The tests of some rows of the guide, on one org and one Chromium: a file for each group, so that they run side by
 * side.
 */
export function proveOnOneStage(proofs: readonly Proof[]): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.stop());

  it.each(proofs.map((proof) => [proof.row, proof] as const))(
    '%s',
    async (_row, { configuration, connected, prove }) => {
      const runtime = await stage.openRuntime(configuration);
      try {
        if (connected !== false) await connectBoth(runtime);
        await prove(sceneOf(stage, runtime));
      } finally {
        await runtime.runtime.close();
      }
    },
  );
}
