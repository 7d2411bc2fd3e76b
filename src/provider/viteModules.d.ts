/** vite builds the module as a worker and exports its URL. */
declare module '*?worker&url' {
  const url: string;
  export default url;
}

/** The same for a SharedWorker. */
declare module '*?sharedworker&url' {
  const url: string;
  export default url;
}

/** Trusted Types (W3C), where the browser has them; not yet in TypeScript's DOM library. */
interface Window {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): unknown };
  };
}
