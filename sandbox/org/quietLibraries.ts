/**
 * For commands, to be imported before the org: oidc-provider writes warnings of the runtime and of how the org embeds
 * it, of which the person who runs a command can change nothing.
 */
const { warn } = console;
console.warn = (...words: unknown[]) => void (String(words[0]).includes('oidc-provider WARNING') || warn(...words));
