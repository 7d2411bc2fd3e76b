import { html } from './html.ts';
import { page } from './layout.ts';

/** A page with nothing to do on it: success, signed out, or an error with its OAuth code. */
export function messagePage(title: string, text: string, code?: string): string {
  const detail = code !== undefined && html`<p class="muted"><code>${code}</code></p>`;
  return page(title, html`<h1>${title}</h1><p>${text}</p>${detail}`);
}
