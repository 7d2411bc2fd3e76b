/**
 * Prevents a page from being restored as it was left. Browsers freeze pages that are left and show them again on Back
 * (HTML, "pageshow", `persisted`), with all that the person saw and with a session that was revoked when the page went
 * away. Such a page is hidden when it is left, so that nothing is visible, and reloads when it is shown again.
 */
export function startAnewWhenShownAgain(): void {
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true;
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}
