import fc from 'fast-check';
import { placeWindow, type Area } from '../../../../src/provider/hosts/container/windowPlacement.ts';

const primary: Area = { left: 0, top: 0, right: 1920, bottom: 1040 };
const leftOfIt: Area = { left: -1280, top: 100, right: 0, bottom: 1000 };
const wanted = { width: 560, height: 720 };

describe('placing a window', () => {
  it('in the middle of the primary monitor, where nothing else is known', () => {
    expect(placeWindow(wanted, [primary], undefined)).toEqual({ ...wanted, left: 680, top: 160 });
  });

  it("in the middle of the monitor that shows most of the platform's window", () => {
    const platform = { left: -1000, top: 300, right: 200, bottom: 900 };
    expect(placeWindow(wanted, [primary, leftOfIt], platform)).toEqual({ ...wanted, left: -920, top: 190 });
  });

  it('on the primary monitor when the platform is minimised, which Windows puts far off', () => {
    expect(
      placeWindow(wanted, [primary, leftOfIt], { left: -32_000, top: -32_000, right: -31_840, bottom: -31_972 }),
    ).toEqual({ ...wanted, left: 680, top: 160 });
  });

  it('as small as a small screen wants it', () => {
    expect(placeWindow(wanted, [{ left: 0, top: 0, right: 1024, bottom: 560 }], undefined)).toEqual({
      left: 232,
      top: 0,
      width: 560,
      height: 560,
    });
  });

  it('where an app asks for it, and no further out than the edge', () => {
    expect(placeWindow({ ...wanted, left: 10, top: 20 }, [primary], undefined)).toEqual({
      ...wanted,
      left: 10,
      top: 20,
    });
    expect(placeWindow({ ...wanted, left: 1900, top: -500 }, [primary], undefined)).toEqual({
      ...wanted,
      left: 1360,
      top: 0,
    });
    expect(placeWindow({ ...wanted, left: -1200, top: 200 }, [primary, leftOfIt], undefined)).toEqual({
      ...wanted,
      left: -1200,
      top: 200,
    });
  });

  it('wholly within one monitor, whatever is asked for', () => {
    const edge = fc.integer({ min: -5000, max: 5000 });
    const area = fc
      .record({
        left: edge,
        top: edge,
        width: fc.integer({ min: 1, max: 4000 }),
        height: fc.integer({ min: 1, max: 4000 }),
      })
      .map(({ left, top, width, height }): Area => ({ left, top, right: left + width, bottom: top + height }));
    const size = fc.integer({ min: -100, max: 10_000 });
    const request = fc.record({
      width: size,
      height: size,
      left: fc.option(edge, { nil: undefined }),
      top: fc.option(edge, { nil: undefined }),
    });
    fc.assert(
      fc.property(
        area,
        fc.array(area, { maxLength: 3 }),
        fc.option(area, { nil: undefined }),
        request,
        (first, others, near, wish) => {
          const { left, top, width, height } = placeWindow(wish, [first, ...others], near);
          return (
            width > 0 &&
            height > 0 &&
            [first, ...others].some(
              (on) => left >= on.left && top >= on.top && left + width <= on.right && top + height <= on.bottom,
            )
          );
        },
      ),
    );
  });
});
