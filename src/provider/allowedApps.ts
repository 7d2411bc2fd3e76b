/** Settings of an app that may use the provider. */
import { webOrigin as origin } from '../webAddress.ts';
import { z } from '../zod.ts';

const allowedApp = z
  .strictObject({
    name: z.string().min(1).describe('Shown to people and in the audit trail.'),
    origin: origin
      .optional()
      .describe(
        "Origin that the app's page is served from. HERE Core Web: what the app is known by. Container: the page that its window or view shows has to be of it, besides what else is named.",
      ),
    uuid: z.string().min(1).optional().describe('Container: uuid of the application, vouched for by the runtime.'),
    windowName: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Container: only this window or view of the application; a * at its end stands for the rest of the name. Any page of an application can give a window of it any name, so origin has to be named too.',
      ),
    appId: z
      .string()
      .min(1)
      .optional()
      .describe('FDC3: app id under which the desktop agent names the app when it raises an intent.'),
    isUnnamed: z
      .literal(true)
      .optional()
      .describe(
        'FDC3: stands for whichever app has raised an intent that the desktop agent names no source of. Without such an entry these intents are refused; with one, every app of that desktop may have records shown and forms opened.',
      ),
    scopes: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'OAuth scopes that the app may ask for besides those of the org. It is refused any other, as a session is shared by all apps.',
      ),
    role: z
      .enum(['app', 'platform', 'recordView'])
      .default('app')
      .describe(
        'platform: opens sign-in windows, sees all sessions, signs out for all. recordView: shows records for intents.',
      ),
  })
  .refine((app) => app.isUnnamed || (app.origin ?? app.uuid ?? app.appId), {
    message: 'name at least one of origin, uuid or appId',
    path: ['origin'],
  })
  .refine((app) => !app.isUnnamed || (app.origin ?? app.uuid ?? app.appId) === undefined, {
    message: 'stands for apps that nobody names: leave out origin, uuid and appId',
    path: ['isUnnamed'],
  })
  .refine((app) => !app.isUnnamed || app.role === 'app', {
    message: 'can stand for apps only, not for pages of the provider',
    path: ['isUnnamed'],
  })
  .refine((app) => app.windowName === undefined || app.uuid !== undefined, {
    message: 'is the name of a window of an application: name its uuid too',
    path: ['windowName'],
  })
  .refine((app) => app.windowName === undefined || app.origin !== undefined, {
    message:
      'proves nothing by itself, as any page of the application can give a window this name: name the origin of its page too, or have an application (uuid) for each app',
    path: ['windowName'],
  });

/** Names have to be unique, as the audit trail and apps' own sessions use them; appIds too, as intents use them. */
function checkApps(apps: z.output<typeof allowedApp>[], context: z.RefinementCtx): void {
  for (const member of ['name', 'appId'] as const) {
    apps.forEach((app, index) => {
      const first = apps.findIndex((other) => other[member] === app[member]);
      if (app[member] === undefined || first === index) return;
      context.addIssue({
        code: 'custom',
        path: [index, member],
        message: `is that of entry ${first} too: each app needs its own`,
      });
    });
  }
  apps.forEach(({ isUnnamed }, index) => {
    const first = apps.findIndex((other) => other.isUnnamed);
    if (isUnnamed && first !== index)
      context.addIssue({ code: 'custom', path: [index, 'isUnnamed'], message: `is that of entry ${first} too` });
  });
  apps.forEach(({ origin: served, uuid }, index) => {
    const first = apps.findIndex((other) => other.origin === served && other.uuid === undefined);
    if (served === undefined || uuid !== undefined || first === index) return;
    context.addIssue({
      code: 'custom',
      path: [index, 'origin'],
      message: `is that of entry ${first} too: each app needs an origin of its own`,
    });
  });
}

export const allowedApps = z.array(allowedApp).superRefine(checkApps);
