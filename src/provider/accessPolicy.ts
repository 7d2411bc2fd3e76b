import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { DoorCaller } from '../worker/pipeline/door.ts';
import type { AllowedApp } from './configuration.ts';

/** Identity of a caller, as the host vouches for it. */
export type CallerIdentity =
  | { kind: 'origin'; origin: string }
  /** `origin`: of the page that the window or view shows, by the runtime; undefined outside the container. */
  | { kind: 'runtime'; uuid: string; name: string; origin?: string }
  | { kind: 'fdc3'; appId: string | undefined };

/** An app that the access policy admits, with the id under which its use of sessions is recorded. */
export interface Caller {
  id: string;
  app: AllowedApp;
  /** Name and version of the app's client, as the client states them; undefined for an intent. */
  client?: string;
  /** The intent that it asks for, where it does so by one. */
  intent?: CallersIntent;
  /**
   * False for a caller whose use does not keep a session alive: the platform page, and an intent, which ends once it is
   * answered.
   */
  keepsSession: boolean;
}

/** An intent, as its desktop agent tells of it. */
export interface CallersIntent {
  name: string;
  /** Of the app that has raised it. */
  instanceId?: string;
  /** Joins it to what else has followed from the same act of a person. */
  traceId?: string;
}

/** A caller as the token worker's door knows it. */
export const doorCaller = ({ id, app, keepsSession }: Caller): DoorCaller => {
  const isPersons = app.role !== 'app';
  return { id, app: app.name, isPersons, asksTogether: isPersons || !keepsSession };
};

/**
 * Denies by default: only apps that the configuration lists may use the provider. Channel and intents are decided by
 * the same identity, the one that the host vouches for.
 */
export function createAccessPolicy(allowedApps: readonly AllowedApp[]) {
  return function allowedApp(identity: CallerIdentity): Outcome<AllowedApp> {
    const app = allowedApps.find((candidate) => matches(candidate, identity));
    if (app) return success(app);
    return failure(
      'APP_NOT_ALLOWED',
      `${describe(identity)} may not use the Salesforce connection of this desktop. Ask the platform team to list it under allowedApps.`,
    );
  };
}

function matches(app: AllowedApp, identity: CallerIdentity): boolean {
  switch (identity.kind) {
    case 'origin':
      return app.origin === identity.origin;
    case 'runtime':
      return (
        app.uuid === identity.uuid &&
        (app.origin === undefined || app.origin === identity.origin) &&
        (app.windowName === undefined || isNamed(identity.name, app.windowName))
      );
    case 'fdc3':
      return identity.appId === undefined ? app.isUnnamed === true : app.appId === identity.appId;
  }
}

/** `*` at the end stands for the rest of a name, for windows that are numbered. */
function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function describe(identity: CallerIdentity): string {
  switch (identity.kind) {
    case 'origin':
      return `The app at ${identity.origin}`;
    case 'runtime':
      return `The app ${identity.uuid}/${identity.name}${identity.origin === undefined ? '' : ` at ${identity.origin}`}`;
    case 'fdc3':
      return identity.appId === undefined ? 'An app that the desktop agent does not name' : `The app ${identity.appId}`;
  }
}
