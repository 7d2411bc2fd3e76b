/** Lightning's icons of the standard objects. */
import { html } from 'lit';
import accountIcon from '@salesforce-ux/design-system/assets/icons/standard/account.svg?url&no-inline';
import caseIcon from '@salesforce-ux/design-system/assets/icons/standard/case.svg?url&no-inline';
import contactIcon from '@salesforce-ux/design-system/assets/icons/standard/contact.svg?url&no-inline';
import opportunityIcon from '@salesforce-ux/design-system/assets/icons/standard/opportunity.svg?url&no-inline';
import taskIcon from '@salesforce-ux/design-system/assets/icons/standard/task.svg?url&no-inline';

const icons = {
  account: accountIcon,
  case: caseIcon,
  contact: contactIcon,
  opportunity: opportunityIcon,
  task: taskIcon,
};

/** The icon of an object, in the design system's colours. */
export const recordIcon = (kind: keyof typeof icons) =>
  html`<span class="tile ${kind}"><img src=${icons[kind]} alt="" /></span>`;
