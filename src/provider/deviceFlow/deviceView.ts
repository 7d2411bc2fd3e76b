import { systemTimers } from '../../time.ts';
import { qrCode } from './qrCode.ts';
import { addressWithCode, groupsOf, minutesAndSeconds } from './userCode.ts';

export interface ShownCode {
  userCode: string;
  verificationUri: string;
}

interface ViewOptions {
  onCancel: () => void;
  onNewCode: () => void;
}

const noticeMs = 4_000;

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** The elements of `device.html`, and what can be shown in them. */
export function createDeviceView({ onCancel, onNewCode }: ViewOptions) {
  const [codes, code, qr, status, countdown, left] = ['codes', 'code', 'qr', 'status', 'countdown', 'left'].map(
    element,
  ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLTimeElement];
  const link = element<HTMLAnchorElement>('link');
  const [copy, newCode, cancel] = ['copy', 'new-code', 'cancel'].map(element) as [
    HTMLButtonElement,
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  let shown: ShownCode | undefined;

  cancel.addEventListener('click', onCancel);
  newCode.addEventListener('click', onNewCode);
  copy.addEventListener('click', () => void copyCode());

  async function copyCode(): Promise<void> {
    if (!shown) return;
    try {
      await navigator.clipboard.writeText(shown.userCode);
      sayForNow('The code is copied.');
    } catch {
      window.getSelection()?.selectAllChildren(code);
      sayForNow('The code is selected: copy it with your keyboard.');
    }
  }

  /** Changes the live region, which is all that screen readers announce. */
  function say(sentence: string): void {
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  /** Shows a sentence for a while, then the one before again, unless something else was said meanwhile. */
  function sayForNow(sentence: string): void {
    const before = status.textContent;
    say(sentence);
    if (before !== sentence) systemTimers.after(noticeMs, () => void (status.textContent === sentence && say(before)));
  }

  return {
    say,

    showCode(next: ShownCode): void {
      const hadFocus = document.activeElement === newCode;
      shown = next;
      code.replaceChildren(
        ...groupsOf(next.userCode).map((group) =>
          Object.assign(document.createElement('span'), { className: 'group', textContent: group }),
        ),
      );
      // Spells the code out for screen readers.
      code.setAttribute('aria-label', [...next.userCode].join(' '));
      link.href = next.verificationUri;
      link.textContent = next.verificationUri.replace(/^https:\/\//, '');
      qr.replaceChildren(qrCode(addressWithCode(next.verificationUri, next.userCode)));
      codes.hidden = false;
      newCode.hidden = true;
      if (hadFocus) copy.focus();
    },

    showTimeLeft(ms: number): void {
      left.textContent = minutesAndSeconds(ms);
      countdown.hidden = false;
    },

    /** Shows that the code is no longer valid and offers a new one. */
    offerNewCode(): void {
      codes.hidden = true;
      countdown.hidden = true;
      newCode.hidden = false;
      newCode.focus();
    },

    /** Shows the end of the sign-in; only closing the page is left. */
    end(): void {
      codes.hidden = true;
      countdown.hidden = true;
      newCode.hidden = true;
      cancel.textContent = 'Close';
      cancel.focus();
    },
  };
}
