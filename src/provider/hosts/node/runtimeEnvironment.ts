/**
 * What a program needs to run on this machine and reach the network, and what `@openfin/node-adapter` reads to find or
 * fetch a runtime. In lower case, as Windows does not tell the cases apart.
 */
const kept = new Set([
  'path',
  'pathext',
  'home',
  'user',
  'username',
  'logname',
  'shell',
  'lang',
  'language',
  'tz',
  'tmpdir',
  'temp',
  'tmp',
  'display',
  'wayland_display',
  'xauthority',
  'dbus_session_bus_address',
  'systemroot',
  'systemdrive',
  'windir',
  'comspec',
  'os',
  'userprofile',
  'userdomain',
  'homedrive',
  'homepath',
  'computername',
  'logonserver',
  'sessionname',
  'localappdata',
  'appdata',
  'programdata',
  'allusersprofile',
  'public',
  'programfiles',
  'programfiles(x86)',
  'programw6432',
  'commonprogramfiles',
  'commonprogramfiles(x86)',
  'commonprogramw6432',
  'number_of_processors',
  'processor_architecture',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'assetsurl',
  'runtimedirectory',
  'runtimeargs',
]);
const keptPrefixes = ['lc_', 'xdg_'];

/**
 * Takes everything else out of this process's environment. A runtime that is started inherits what is there, and lets
 * the code of a desktop read it (`fin.System.getEnvironmentVariable`): it may hold secrets of any name, so what stays
 * is listed, not what goes.
 *
 * @param environment `process.env`, which the adapter gives to the runtime whole.
 */
export function keepForRuntime(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    const lower = name.toLowerCase();
    if (!kept.has(lower) && !keptPrefixes.some((prefix) => lower.startsWith(prefix))) delete environment[name];
  }
}
