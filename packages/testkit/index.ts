/**
 * Org, desktop and container runtime for the tests of an app.
 *
 * @module salesforce-interop-testkit
 */
export { startOrg, type TestOrg, type TestOrgOptions } from '../../sandbox/testing/startOrg.ts';
export { startDesk, type TestDesk, type TestDeskOptions } from '../../sandbox/testing/startDesk.ts';
export { signIn, signInOn, type Credentials } from '../../sandbox/testing/signIn.ts';
export type { AddedApp } from '../../sandbox/desk/environment.ts';
export type { DemoUser } from '../../sandbox/org/seed/demoUsers.ts';
export {
  ControlClient,
  ControlError,
  type AppChange,
  type Fault,
  type FaultPlace,
} from '../../sandbox/org/control/controlClient.ts';
export { OptionError } from '../../sandbox/org/optionError.ts';
export { ConfigurationError } from '../../src/provider/configuration.ts';
export { PortTakenError } from '../../src/sites/serve/serveSites.ts';
export {
  createContainerRuntime,
  type ContainerRuntime,
  type ContainerWindow,
  type LaunchOptions,
  type RuntimeObserver,
} from '../../sandbox/container/containerRuntime.ts';
