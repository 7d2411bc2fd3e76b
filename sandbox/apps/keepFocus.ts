import type { Access } from './salesforceAccess.ts';

/**
 * After a sign-in or sign-out what had the focus is gone: it goes to what has come in its place, the search or the way
 * to connect again. Nothing is taken from another page, or from where the person has gone meanwhile.
 */
export function keepFocus(before: Access, access: Access): void {
  const hasChanged =
    (before.kind === 'connecting' && access.kind !== 'connecting') ||
    (before.kind === 'connected' && access.kind !== 'connected');
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (hasChanged && isLost && document.hasFocus())
    document.querySelector<HTMLElement>('#words, .empty .slds-button_brand')?.focus();
}

/**
 * Closes with Escape what is open, unless the key is for something else: a question that is asked, or a search that it
 * empties.
 */
export function closeByEscape(close: () => void): void {
  document.addEventListener('keydown', (event) => {
    const isTaken = event.target instanceof HTMLInputElement && event.target.type === 'search';
    if (event.key === 'Escape' && !isTaken && !event.defaultPrevented && !document.querySelector('dialog[open]'))
      close();
  });
}
