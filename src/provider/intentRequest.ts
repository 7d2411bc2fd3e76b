import type { ExecuteReply } from '../channel/orgRequests.ts';
import type { IntentRequestOptions } from '../intents/intentServices.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import type { Caller } from './accessPolicy.ts';
import type { SalesforceService } from './service.ts';

/**
 * Asks the org a question of an intent, as any caller does.
 *
 * @returns the parsed JSON body, undefined where the answer is none
 */
export async function intentRequest(
  service: Pick<SalesforceService, 'execute'>,
  caller: Caller,
  sessionId: string,
  path: string,
  { method = 'GET', body, copy }: IntentRequestOptions = {},
): Promise<Outcome<unknown>> {
  const ask = (maxAgeMs: number | undefined): Promise<Outcome<ExecuteReply>> =>
    service.execute(caller, {
      requestId: crypto.randomUUID(),
      sessionId,
      endpoint: path,
      method,
      headers: {},
      includeAuthorization: true,
      ...(body !== undefined && { body: { kind: 'json', value: body } }),
      ...(maxAgeMs !== undefined && { maxAgeMs }),
    });
  const dataOf = ({ body: told }: ExecuteReply): unknown => (told?.kind === 'json' ? told.value : undefined);
  let answer = await ask(copy?.maxAge);
  if (copy && answer.ok && answer.data.served === 'fresh' && !copy.isEnough(dataOf(answer.data))) answer = await ask(0);
  return answer.ok ? success(dataOf(answer.data)) : answer;
}
