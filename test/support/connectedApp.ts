import { configure, connect, type SalesforceConnection } from '../../src/client/index.ts';
import { testEnd } from './endWithTest.ts';
import { startProviderDesk } from './runningProvider.ts';

/** An app's connection through the whole provider to an org, and what it has asked for. */
export interface ConnectedApp {
  salesforce: SalesforceConnection;
  /** Each request of the connection: method and path. */
  sent: string[];
  desk: Awaited<ReturnType<typeof startProviderDesk>>['desk'];
}

/** Signs in and connects as the app `blotter`, until the test ends. */
export async function connectApp(...desktop: Parameters<typeof startProviderDesk>): Promise<ConnectedApp> {
  const { desk, fin } = await startProviderDesk(...desktop);
  configure({ fin: fin({ uuid: 'blotter', name: 'blotter' }) });
  testEnd().addEventListener('abort', () => configure({}));
  const connection = await connect();
  const sent: string[] = [];
  const executeApiRequest: SalesforceConnection['executeApiRequest'] = (path, method = 'GET', ...rest) => {
    sent.push(`${method} ${path}`);
    return connection.executeApiRequest(path, method, ...rest);
  };
  return { salesforce: { ...connection, executeApiRequest }, sent, desk };
}

/** What a promise rejects with. */
export async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was rejected');
}
