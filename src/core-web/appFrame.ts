/**
 * The `sandbox` of a frame in which a platform page shows an app (HTML, "The iframe element"). An app is itself in it:
 * its own origin, scripts, forms, dialogs, downloads, and windows of its own that are as free as any. What it may not
 * do is navigate the platform page away, by `window.top` or a link with the target `_top`: the person would lose every
 * app of the desk, and might not see that what has come in its place is another site.
 */
export const appFrameSandbox =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals';
