/**
 * The schemas of both configurations, and what follows from the desktop's.
 *
 * @module salesforce-interop/configuration
 */
export {
  ConfigurationError,
  parseConfiguration,
  providerConfiguration,
  type ProviderConfiguration,
  type ProviderConfigurationInput,
} from '../../src/provider/configuration.ts';
export {
  desktopConfiguration,
  parseDesktopConfiguration,
  type DesktopConfiguration,
  type DesktopConfigurationInput,
} from '../../src/sites/desktopConfiguration.ts';
export { appDirectory } from '../../src/sites/appDirectory.ts';
export { containerManifest } from '../../src/sites/containerManifest.ts';
export { describeAppSite, describeSites, type Site } from '../../src/sites/describeSites.ts';
export { headersOf, type HeaderRules } from '../../src/sites/siteHeaders.ts';
