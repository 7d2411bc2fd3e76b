import { connect } from 'node:tls';
import type { Answer, Certificate, DoctorContext, NoAnswer, ProbeRequest } from '../../doctor/doctorContext.ts';
import type { SetUp } from './commandLine.ts';

const patienceMs = 15_000;
const longestText = 512 * 1024;

/**
 * The context of an examination in this process: it can read redirects, headers and certificates, and CORS does not
 * apply.
 */
export function nodeContext(setUp: SetUp): DoctorContext {
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(setUp.orgUrl).hostname);
  return {
    ...setUp,
    extraOrigins: setUp.isCustomDomain || isLoopback ? [setUp.orgUrl] : [],
    workerScriptUrl: `${setUp.origin}/token-worker.js`,
    inBrowser: false,
    now: () => Date.now(),
    serverTime: async () => undefined,
    send,
    certificate: () => certificateOf(new URL(setUp.orgUrl)),
  };
}

async function send(
  url: string,
  { method = 'GET', headers = {}, body }: ProbeRequest = {},
): Promise<Answer | NoAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...(body !== undefined && { body }),
    });
    const text = (await response.text()).slice(0, longestText);
    return {
      answered: true,
      status: response.status,
      header: (name) => response.headers.get(name),
      cookies: response.headers.getSetCookie(),
      text,
    };
  } catch (error) {
    return noAnswerOf(error);
  }
}

/** Node's `fetch` gives the system's error as `cause`. */
function noAnswerOf(error: unknown): NoAnswer {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return { answered: false, why: 'timedOut', detail: `${patienceMs / 1000} s` };
  const detail = typeof cause?.code === 'string' ? cause.code : '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/.test(detail)) return { answered: false, why: 'certificate', detail };
  if (/^(?:ENOTFOUND|EAI_AGAIN)$/.test(detail)) return { answered: false, why: 'nameUnknown', detail };
  return { answered: false, why: /TIMEOUT|ETIMEDOUT/.test(detail) ? 'timedOut' : 'refused', detail };
}

function certificateOf({ hostname, port }: URL): Promise<Certificate | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname }, () => {
      const { valid_to: validTo, issuer } = socket.getPeerCertificate();
      socket.end();
      resolve(
        validTo
          ? { validTo: Date.parse(validTo), issuer: String(issuer.O ?? issuer.CN ?? 'somebody unnamed') }
          : undefined,
      );
    });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}
