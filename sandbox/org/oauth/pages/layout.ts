import { organizationName } from '../../organization.ts';
import { html, type Html } from './html.ts';

/** The frame of the org's own pages: brand, one card, style sheet from the org itself. */
export function page(title: string, card: Html, options: { script?: string } = {}): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} | ${organizationName}</title>
    <link rel="icon" href="/_ui/org.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/_ui/org.css">
    ${options.script !== undefined && html`<script src="${options.script}" defer><\/script>`}
  </head>
  <body>
    <header class="brand">
      <img src="/_ui/org.svg" alt="" width="56" height="40">
      <span>${organizationName}</span>
    </header>
    <main class="card">${card}</main>
    <footer>Embedded Salesforce org with invented sample data</footer>
  </body>
</html>
`.text;
}
