import { ChannelError, OpenError, ResolveError, ResultError } from '@finos/fdc3';
import { isTooDeep } from '../../jsonDepth.ts';
import type { AppInstance } from '../appInstances.ts';
import type { Answers, Asking } from './answering.ts';
import type { AppPort } from './appPort.ts';
import { appRequest, requestPayloads } from './requests.ts';

const standardErrors = new Set<string>(
  [ChannelError, OpenError, ResolveError, ResultError].flatMap((errors) => Object.values(errors)),
);

/**
 * A port brings whatever the structured clone algorithm copies (HTML, "Safe passing of structured data"). FDC3's
 * messages are JSON, and parts of them go on to other apps as such.
 *
 * @returns undefined for what cannot be written as JSON
 */
function asJson(payload: unknown): unknown {
  try {
    return isTooDeep(payload) ? undefined : JSON.parse(JSON.stringify(payload));
  } catch {
    return undefined;
  }
}

/**
 * Answers a message of an app that has been admitted. One that is none of the protocol is reported and not answered;
 * one whose payload is not what the protocol says is `MalformedMessage` (FDC3 2.2, `BridgingError`).
 *
 * @param report gets why the platform has not done what it was asked for, where the app learns less
 */
export async function answerApp(
  message: unknown,
  { instance, port }: { instance: AppInstance; port: AppPort },
  answers: Answers,
  report: (reason: string) => void,
): Promise<void> {
  const request = appRequest.safeParse(message);
  if (!request.success) return report('It has sent what is no request of the Desktop Agent Communication Protocol.');
  const { type, meta } = request.data;
  const payload = requestPayloads[type].safeParse(asJson(request.data.payload));
  if (!payload.success) {
    report(`Its ${type} has a payload that is none: ${payload.error.issues.map(({ path }) => path.join('.')).join()}.`);
    return port.answer(type, meta.requestUuid, { error: 'MalformedMessage' });
  }
  const later: (() => void)[] = [];
  const asking: Asking = { instance, port, requestUuid: meta.requestUuid, afterwards: (work) => void later.push(work) };
  try {
    const answering: object | undefined = answers[type](payload.data as never, asking);
    // At once, where it is: what is done afterwards must not come before it.
    const answer = answering instanceof Promise ? ((await answering) as object) : answering;
    if (answer) port.answer(type, meta.requestUuid, answer);
    for (const work of later) work();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!standardErrors.has(said)) report(`Its ${type} has failed: ${said}`);
    port.answer(type, meta.requestUuid, { error: standardErrors.has(said) ? said : ChannelError.CreationFailed });
  }
}
