import { html, type TemplateResult } from 'lit';

/** Salesforce's own icons; `new URL` lets the bundler ship exactly these files. */
const icons: Readonly<Record<string, string>> = {
  Account: new URL('../../node_modules/@salesforce-ux/design-system/assets/icons/standard/account.svg', import.meta.url)
    .href,
  Contact: new URL('../../node_modules/@salesforce-ux/design-system/assets/icons/standard/contact.svg', import.meta.url)
    .href,
  Opportunity: new URL(
    '../../node_modules/@salesforce-ux/design-system/assets/icons/standard/opportunity.svg',
    import.meta.url,
  ).href,
  Case: new URL('../../node_modules/@salesforce-ux/design-system/assets/icons/standard/case.svg', import.meta.url).href,
  Task: new URL('../../node_modules/@salesforce-ux/design-system/assets/icons/standard/task.svg', import.meta.url).href,
  Event: new URL('../../node_modules/@salesforce-ux/design-system/assets/icons/standard/event.svg', import.meta.url)
    .href,
};
const otherIcon = new URL(
  '../../node_modules/@salesforce-ux/design-system/assets/icons/standard/record.svg',
  import.meta.url,
).href;

/** The tile of an object. Decoration only: its name stands beside it. */
export function objectIcon(type: string): TemplateResult {
  const known = icons[type];
  return html`<span class="tile ${known ? type.toLowerCase() : 'record'}"><img src=${known ?? otherIcon} alt="" /></span>`;
}
