import fc from 'fast-check';
import { html } from '../../../../sandbox/org/oauth/pages/html.ts';

describe('the page template', () => {
  it('never lets a value end its attribute or open a tag', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const { text } = html`<i title="${value}">${value}</i>`;
        expect(text.replace(/^<i title="|<\/i>$/gu, '').replace('">', '')).not.toMatch(/["<>]/u);
      }),
    );
  });

  it('leaves markup of its own as it is and shows nothing for what is absent', () => {
    const { text } = html`<p>${html`<b>${1}</b>`}${false}${undefined}${[html`<i>`, '&']}</p>`;
    expect(text).toBe('<p><b>1</b><i>&amp;</p>');
  });
});
