import {
  ConfigurationError,
  parseSettings,
  serverConfiguration,
  type ProviderConfiguration,
} from '../../configuration.ts';
import { readOwnFile } from './ownFile.ts';
import { StartRefused } from './startRefused.ts';

const secretName = /secret|private_?key|passw|passphrase|assertion|token$/i;
const pem = /-----BEGIN /;
/** Largest configuration file: far more than the list of a bank's apps needs. */
const longestBytes = 4 * 1024 * 1024;

/**
 * Reads the provider's configuration for this host.
 *
 * @throws {StartRefused} naming the file with each wrong path, or the path of a secret, which has no place there; or
 *   when others than its owner may change it.
 */
export async function readConfigurationFile(path: string): Promise<ProviderConfiguration> {
  // The file decides which org gets the assertions, and which apps act as the user of this host: only its owner may be
  // able to change it.
  const configuration = parseJson(
    await readOwnFile(path, { what: 'configuration', ownersAlone: 'write', longestBytes }),
    path,
  );
  const secret = findSecret(configuration, []);
  if (secret) {
    throw new StartRefused(
      `The configuration file ${path} holds a secret at ${secret}: a configuration is read by many, so take it out, renew it in Salesforce, and name a file of its owner's only (see --help).`,
    );
  }
  try {
    // A server has no store, and needs none: after a restart it signs in again by itself.
    return { ...parseSettings(serverConfiguration, configuration), rememberSession: false };
  } catch (error) {
    if (error instanceof ConfigurationError)
      throw new StartRefused(`The configuration file ${path} is wrong: ${error.problems.join('; ')}`);
    throw error;
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    // Editors of Windows put a byte order mark before the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // Without the parser's own message, which quotes the text.
    throw new StartRefused(`The configuration file ${path} is not JSON.`);
  }
}

/** The path of the first member whose name or value is that of a secret. */
function findSecret(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') return pem.test(value) ? path.join('.') : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = secretName.test(name) ? [...path, name].join('.') : findSecret(member, [...path, name]);
    if (found) return found;
  }
  return undefined;
}
