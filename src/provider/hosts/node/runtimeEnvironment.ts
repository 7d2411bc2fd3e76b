/**
 * Variables that a program needs to run on this machine and reach the network, and those that `@openfin/node-adapter`
 * reads to find or download a runtime. In lower case, as Windows does not distinguish the cases.
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
 * Removes all other variables from this process's environment. A runtime that is started inherits the environment and
 * lets the code of a desktop read it (`fin.System.getEnvironmentVariable`). Secrets may have any name, so the list says
 * what stays, not what goes.
 *
 * @param environment `process.env`, which the adapter gives to the runtime whole.
 */
export function keepForRuntime(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    const lower = name.toLowerCase();
    if (!kept.has(lower) && !keptPrefixes.some((prefix) => lower.startsWith(prefix))) delete environment[name];
  }
}
