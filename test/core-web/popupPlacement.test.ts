import { popupFeatures } from '../../src/core-web/popupPlacement.ts';

const wanted = { width: 560, height: 720 };
const screen = { availLeft: 0, availTop: 0, availWidth: 1920, availHeight: 1040 };

describe('where a sign-in popup goes', () => {
  it('over the middle of the page', () => {
    expect(popupFeatures(wanted, { screenX: 100, screenY: 50, outerWidth: 1560, outerHeight: 920, screen })).toBe(
      'popup=yes,width=560,height=720,left=600,top=150',
    );
  });

  it('on the monitor the page has been moved to, left of the primary one', () => {
    const page = {
      screenX: -1280,
      screenY: 0,
      outerWidth: 1280,
      outerHeight: 800,
      screen: { availLeft: -1280, availTop: 0, availWidth: 1280, availHeight: 800 },
    };
    expect(popupFeatures(wanted, page)).toBe('popup=yes,width=560,height=720,left=-920,top=40');
  });

  it('no further out than the edge, where the page hangs over it', () => {
    expect(popupFeatures(wanted, { screenX: 1800, screenY: 900, outerWidth: 1000, outerHeight: 700, screen })).toBe(
      'popup=yes,width=560,height=720,left=1360,top=320',
    );
  });

  it('as small as a small screen wants it', () => {
    const page = {
      screenX: 0,
      screenY: 0,
      outerWidth: 1024,
      outerHeight: 560,
      screen: { availWidth: 1024, availHeight: 560 },
    };
    expect(popupFeatures(wanted, page)).toBe('popup=yes,width=560,height=560,left=232,top=0');
  });
});
