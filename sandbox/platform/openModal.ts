/**
 * Opens a dialog as soon as it is drawn, for lit's `ref`, which calls before the element is in the page. What is in it
 * has the focus; when it is closed, the browser gives that back.
 */
export function openModal(element?: Element): void {
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });
}
