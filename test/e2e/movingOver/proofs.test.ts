import { jest } from '@jest/globals';
import { sceneOf } from './proof.ts';
import { proofs } from './proofs.ts';
import { connectBoth, openStage, type Stage } from './stage.ts';

jest.setTimeout(60_000);

describe('with @openfin/salesforce 2.3.0 and with ours, differs as the guide says', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.stop());

  it.each(proofs.map((proof) => [proof.row, proof] as const))('%s', async (_row, { configuration, connected, prove }) => {
    const runtime = await stage.openRuntime(configuration);
    try {
      if (connected !== false) await connectBoth(runtime);
      await prove(sceneOf(stage, runtime));
    } finally {
      await runtime.runtime.close();
    }
  });
});
