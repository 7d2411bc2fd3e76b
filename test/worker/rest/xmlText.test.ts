import { xmlText } from '../../../src/worker/rest/xmlText.ts';

it.each([
  ['sObject type &apos;Nothing__c&apos; &amp; more', "sObject type 'Nothing__c' & more"],
  ['&lt;b&gt; &quot;x&quot; &#246;&#xF6;&#x1F600;', '<b> "x" öö😀'],
  ['&amp;lt; is read once', '&lt; is read once'],
  ['&unknown; & &#9999999; stay', '&unknown; & &#9999999; stay'],
])('reads %j', (written, said) => {
  expect(xmlText(written)).toBe(said);
});
