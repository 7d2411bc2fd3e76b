/**
 * What an app in a Node.js process finds when this module is loaded before it: a desktop's `fin`, and a provider on its
 * channel that answers by the protocol.
 */
import { failure } from '../../../src/outcomes/failure.ts';
import { ChannelBus } from '../../../sandbox/container/channelBus.ts';
import { reply, startProvider } from '../../client/scriptedProvider.ts';

const bus = new ChannelBus();
await startProvider(bus, {
  execute: ({ endpoint }) =>
    endpoint.startsWith('/services/data/')
      ? reply({ kind: 'json', value: { records: [{ Email: 'ada@engines.example' }] } }, 'application/json')
      : failure('ENDPOINT_NOT_ALLOWED', 'Not a path of the data API.'),
});
Object.assign(globalThis, { fin: bus.runtime({ uuid: 'app', name: 'app' }) });
