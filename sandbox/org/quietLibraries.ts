/**
 * For commands, to be imported before the org: oidc-provider warns of the runtime and of how the org embeds it, and
 * neither is for the person who runs one.
 */
const { warn } = console;
console.warn = (...words: unknown[]) => void (String(words[0]).includes('oidc-provider WARNING') || warn(...words));
