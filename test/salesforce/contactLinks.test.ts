import { emailLink, mailtoLink, telLink } from '../../src/salesforce/contactLinks.ts';

describe('telLink', () => {
  it.each([
    ['+1 (212) 555-0100', 'tel:+12125550100'],
    ['020 7946 0000', 'tel:02079460000'],
    ['+44 (0)20 7946 0000', 'tel:+442079460000'],
    ['+44 20 7946 0000 ext. 12', 'tel:+442079460000;ext=12'],
    ['212-555-0100 x 7', 'tel:2125550100;ext=7'],
    ['+12125550100;ext=7', 'tel:+12125550100;ext=7'],
    ['*31#0207946000', 'tel:*31%230207946000'],
    ['0207\'"><script>1', 'tel:02071'],
  ])('calls %s', (written, link) => {
    expect(telLink(written)).toBe(link);
    expect(new URL(link).href).toBe(link);
  });

  it.each(['', 'unknown', '+', 'n/a #'])('is none for %j', (written) => {
    expect(telLink(written)).toBeUndefined();
  });
});

describe('mailtoLink', () => {
  it('writes to several, with subject and lines', () => {
    const link = mailtoLink(['ada+x@engines.example', "o'brien@a.example"], {
      subject: 'Q&A? 50% off + more',
      text: 'Dear Ada,\nsee #1\r\nYours',
    });
    expect(link).toBe(
      "mailto:ada%2Bx@engines.example,o'brien@a.example?subject=Q%26A%3F%2050%25%20off%20%2B%20more&body=Dear%20Ada%2C%0D%0Asee%20%231%0D%0AYours",
    );
    const { pathname, searchParams } = new URL(link.replaceAll('%2B', '%252B'));
    expect(pathname.split(',')).toHaveLength(2);
    expect(searchParams.get('body')).toBe('Dear Ada,\r\nsee #1\r\nYours');
  });

  it.each(['a@b.example?bcc=spy@evil.example', 'a@b.example&cc=spy@evil.example', 'a@b.example,spy@evil.example'])(
    'adds nobody whom an address smuggles in: %s',
    (address) => {
      const link = new URL(mailtoLink([address]));
      expect([link.search, link.pathname.split(',').length]).toEqual(['', 1]);
    },
  );
});

it('leaves a text that no mail program takes out of the link, and says so', () => {
  const email = { subject: 'Long', text: 'word '.repeat(1_000) };
  expect(emailLink(['ada@engines.example'], email)).toEqual({
    href: 'mailto:ada@engines.example?subject=Long',
    isWithoutText: true,
  });
  expect(emailLink(['ada@engines.example'], { ...email, text: 'short' }).isWithoutText).toBe(false);
});
