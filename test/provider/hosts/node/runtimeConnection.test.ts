import { createServer, type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { connectRuntime, RuntimeUnreachable } from '../../../../src/provider/hosts/node/runtimeConnection.ts';
import { DesktopRuntime } from '../../../support/desktopRuntime.ts';

/** A port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the connection to the runtime', () => {
  it('creates channels that other connections reach, who are named by the runtime', async () => {
    const runtime = await DesktopRuntime.start();
    const [provider, app] = [
      await connectRuntime({ address: runtime.address }, 'provider'),
      await connectRuntime({ address: runtime.address }, 'blotter'),
    ];
    const channel = await provider.channels.create('greetings');
    channel.register('hello', (payload, identity) => ({ payload, uuid: (identity as { uuid: string }).uuid }));
    const client = await (
      app.channels as unknown as {
        connect(name: string): Promise<{ dispatch(action: string, payload: unknown): Promise<unknown> }>;
      }
    ).connect('greetings');
    expect(await client.dispatch('hello', { n: 1 })).toEqual({ payload: { n: 1 }, uuid: 'blotter' });
    await runtime.stop();
    await Promise.all([provider.lost, app.lost]);
  });

  it('says that no runtime is there', async () => {
    const address = `ws://127.0.0.1:${await closedPort()}`;
    await expect(connectRuntime({ address }, 'provider')).rejects.toThrow(
      new RuntimeUnreachable(
        `There is no HERE Core runtime at ${address} (connect ECONNREFUSED ${address.slice(5)}). Start it, or name its port with --port.`,
      ),
    );
  });

  it('says that something else is there', async () => {
    const server = createHttpServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(connectRuntime({ address: `ws://127.0.0.1:${port}` }, 'provider')).rejects.toThrow(
      /is no HERE Core runtime .*--port/,
    );
    server.closeAllConnections();
    server.close();
  });

  it('says that the name is taken', async () => {
    const runtime = await DesktopRuntime.start();
    await connectRuntime({ address: runtime.address }, 'provider');
    await expect(connectRuntime({ address: runtime.address }, 'provider')).rejects.toThrow(
      /did not let this provider in .*already exists.*--uuid/,
    );
    await runtime.stop();
  });

  it('says that a manifest cannot be read', async () => {
    const manifestUrl = `http://127.0.0.1:${await closedPort()}/app.json`;
    await expect(connectRuntime({ manifestUrl }, 'provider')).rejects.toThrow(
      /^The HERE Core runtime of http:.*app\.json could not be reached/,
    );
  });
});
