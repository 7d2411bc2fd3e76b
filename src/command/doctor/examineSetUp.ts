import type { CheckResult } from '../../channel/protocol.ts';
import { catalogue } from '../../doctor/catalogue.ts';
import { createExamination } from '../../doctor/examination.ts';
import type { SetUp } from './commandLine.ts';
import { nodeContext } from './nodeContext.ts';

/**
 * Makes every check of the catalogue that can be made without a session.
 *
 * @param onResult Told of each as it comes.
 */
export async function examineSetUp(setUp: SetUp, onResult: (result: CheckResult) => void): Promise<CheckResult[]> {
  const examination = createExamination(nodeContext(setUp));
  const results: CheckResult[] = [];
  for (const { id } of catalogue) {
    const result = await examination.check(id);
    results.push(result);
    onResult(result);
  }
  return results;
}
