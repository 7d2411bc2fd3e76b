import type { DoctorContext } from './doctorContext.ts';
import { isReadable } from './crossOrigin.ts';
import { whyUnanswered } from './noAnswer.ts';
import { isAboutProof, type Probes } from './probes.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

/** Not a valid proof: an org that looks at proofs refuses it (RFC 9449, 5). */
const noProof = { dpop: 'examination' };

/** Compares what the org does with proofs of possession with what the configuration wants. */
export async function checkDpop({ dpop, session, inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  if (session?.tokenBinding === 'dpop') return ok("This session's tokens are bound to a key of this desktop.");
  if (session && dpop === 'required') return failed('The session is not bound, and the configuration requires it.');
  const plain = await probes.token('refresh_token');
  if (!plain.refusal)
    return skipped(
      inBrowser
        ? 'A page cannot read the answer before CORS is enabled for OAuth endpoints.'
        : `The token endpoint could not be asked: ${whyUnanswered(plain.answer)}.`,
    );
  const isRequired = isAboutProof(plain.refusal);
  if (isRequired && dpop === 'off')
    return failed('The org requires proofs of possession of this app, and the configuration has them off.');
  if (dpop === 'off') return ok('The configuration has proofs of possession off, and the org does not require them.');
  const forged = await probes.token('refresh_token', noProof);
  if (!forged.answer.answered)
    return warning('The org does not let a page send proofs: tokens are good for whoever has them.');
  if (!isRequired && !isAboutProof(forged.refusal)) {
    const finding = 'The org does not look at proofs of possession: tokens are good for whoever has them.';
    return dpop === 'required' ? failed(`${finding} The configuration requires bound tokens.`) : warning(finding);
  }
  const proven = await probes.provenToken('refresh_token');
  if (isAboutProof(proven.refusal))
    return failed(`The org refuses a proof that is right (${proven.refusal!.error} – ${proven.refusal!.description}).`);
  return ok(
    isRequired ? 'The org requires and accepts proofs of possession.' : 'The org accepts proofs of possession.',
  );
}

/** Whether CORS lets the provider's page send the `DPoP` header, to the token endpoint and to the REST API. */
export async function checkDpopCors(context: DoctorContext): Promise<Verdict> {
  const { dpop, inBrowser, origin, send, orgUrl } = context;
  if (dpop === 'off') return skipped('The configuration has proofs of possession off.');
  const endpoints = [
    ['POST', '/services/oauth2/token'],
    ['GET', '/services/data'],
  ] as const;
  for (const [method, path] of endpoints) {
    const url = new URL(path, orgUrl).href;
    const answer = inBrowser
      ? await send(url, { method, headers: noProof })
      : await send(url, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'dpop' },
        });
    const allows =
      isReadable(answer, context) &&
      (inBrowser ||
        /(?:^|,)\s{0,9}(?:dpop|\*)\s{0,9}(?:,|$)/i.test(
          answer.answered ? (answer.header('access-control-allow-headers') ?? '') : '',
        ));
    if (!allows) {
      const finding = `The org does not allow the DPoP header to ${origin} at ${path}.`;
      return dpop === 'required'
        ? failed(`${finding} The configuration requires it.`)
        : warning(`${finding} Tokens are not bound.`);
    }
  }
  return ok('The org allows the DPoP header to the provider at the token endpoint and the REST API.');
}
