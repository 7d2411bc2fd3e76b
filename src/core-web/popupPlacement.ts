type Screen = Pick<Window['screen'], 'availWidth' | 'availHeight'> & { availLeft?: number; availTop?: number };
type Page = Pick<Window, 'screenX' | 'screenY' | 'outerWidth' | 'outerHeight'> & { screen: Screen };

/**
 * Features for `window.open`: a popup over the middle of the page, wholly within the available area of the monitor that
 * the page is on now. A browser may place it otherwise.
 *
 * @see CSSOM View, "The features argument to the open() method"; `availLeft` and `availTop` are Window Management's.
 */
export function popupFeatures(wanted: { width: number; height: number }, page: Page): string {
  const { availLeft = 0, availTop = 0, availWidth, availHeight } = page.screen;
  const [width, height] = [Math.min(wanted.width, availWidth), Math.min(wanted.height, availHeight)];
  const left = within(page.screenX + (page.outerWidth - width) / 2, availLeft, availLeft + availWidth - width);
  const top = within(page.screenY + (page.outerHeight - height) / 2, availTop, availTop + availHeight - height);
  return `popup=yes,width=${width},height=${height},left=${left},top=${top}`;
}

const within = (value: number, least: number, most: number): number =>
  Math.round(Math.min(Math.max(value, least), most));
