import { expose } from 'comlink';
import { createTokenWorker } from './tokenWorker.ts';

expose(createTokenWorker({ openSignInReturnChannel: (name) => new BroadcastChannel(name) }));
