import { html, render } from 'lit';

/** A question that has to be answered before anything else is done. */
export interface Question {
  title: string;
  text: string;
  /** Goes on. */
  yes: string;
  /** Leaves all as it is; so does Escape. */
  no: string;
}

/** The question before what was typed is dropped. */
export const discardTyped: Question = {
  title: 'Discard what you have typed?',
  text: 'It is not saved in Salesforce.',
  yes: 'Discard',
  no: 'Keep editing',
};

/**
 * Asks the person at this page. The focus is on the answer that changes nothing, and goes back to where it was.
 *
 * @param signal Takes the question back, as a no.
 * @see WAI-ARIA Authoring Practices, "Alert and Message Dialogs Pattern"
 */
export function askPerson({ title, text, yes, no }: Question, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'question';
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', 'question-title');
    dialog.setAttribute('aria-describedby', 'question-text');
    // At once, and not with the dialog's `close` event, which comes later: a key that the person presses right away is
    // for what is asked no more.
    const settle = (value: 'yes' | 'no'): void => {
      signal?.removeEventListener('abort', takeBack);
      resolve(value === 'yes');
    };
    const answer = (value: 'yes' | 'no') => (): void => {
      dialog.close(value);
      settle(value);
    };
    render(
      html`<h2 id="question-title">${title}</h2>
        <p id="question-text">${text}</p>
        <div class="row">
          <button class="slds-button slds-button_brand" autofocus @click=${answer('no')}>${no}</button>
          <button class="slds-button slds-button_neutral" @click=${answer('yes')}>${yes}</button>
        </div>`,
      dialog,
    );
    const takeBack = answer('no');
    signal?.addEventListener('abort', takeBack);
    dialog.addEventListener('cancel', () => settle('no'));
    dialog.addEventListener('close', () => {
      settle('no');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
