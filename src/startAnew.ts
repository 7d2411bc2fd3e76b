/**
 * Keeps a page from coming back as it was left. Browsers freeze pages that are left and show them again on Back (HTML,
 * "pageshow", `persisted`): with all that a person saw, and with a session that was revoked when the page went away.
 * Such a page is hidden as it goes, so that nothing of it is seen again, and loads anew when it comes back.
 */
export function startAnewWhenShownAgain(): void {
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true;
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}
