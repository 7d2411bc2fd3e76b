/**
 * The `sandbox` of a frame in which a platform page shows an app (HTML, "The iframe element"). The app keeps its
 * origin, scripts, forms, dialogs, downloads and windows, which are not restricted. It may not navigate the platform
 * page, by `window.top` or a link with the target `_top`: the person would lose every app of the desktop, and might not
 * notice that another site has taken its place.
 */
export const appFrameSandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals';
