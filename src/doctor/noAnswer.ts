import type { Answer, NoAnswer } from './doctorContext.ts';

/** One clause about why nothing usable came, to follow a name and a colon or dash. */
export function whyUnanswered(answer: Answer | NoAnswer): string {
  if (answer.answered) return `it answered with status ${answer.status}`;
  const detail = answer.detail ? ` (${answer.detail})` : '';
  switch (answer.why) {
    case 'timedOut':
      return `it did not answer in time${detail}`;
    case 'certificate':
      return `its certificate is not trusted here${detail}`;
    case 'nameUnknown':
      return `there is no host of this name${detail}`;
    case 'refused':
      return `the connection failed${detail}`;
    case 'unreadable':
      return `no answer that this page may read arrived${detail}`;
  }
}
