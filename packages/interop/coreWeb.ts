/**
 * What a HERE Core Web platform adds, and how a page joins it.
 *
 * @module salesforce-interop/core-web
 */
export { connectDesktop, type DesktopOptions } from '../../src/core-web/connectDesktop.ts';
export { startPlatform, type Platform, type PlatformOptions } from '../../src/core-web/startPlatform.ts';
export { startIframeBroker } from '../../src/core-web/iframeBroker.ts';
export { linkToProvider, type ProviderLink, type ProviderNews } from '../../src/core-web/providerLink.ts';
export { createSignInWindows, type SignInInProgress } from '../../src/core-web/signInWindows.ts';
export { appFrameSandbox } from '../../src/core-web/appFrame.ts';
export { readAppDirectory, type AppRecord } from '../../src/core-web/appDirectory.ts';
export { withOtherDirectories, type OtherDirectory } from '../../src/core-web/otherDirectories.ts';
export type { AppOpener, IntentChoice, OpenedApp } from '../../src/core-web/intentRouting.ts';
