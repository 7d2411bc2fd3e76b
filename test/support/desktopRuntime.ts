import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Server, type WebSocket } from 'ws';

interface Message {
  action: string;
  messageId?: number;
  correlationId?: number;
  payload: Record<string, unknown>;
  to?: string;
}
interface Identity {
  uuid: string;
  name: string;
}
interface ChannelIdentity extends Identity {
  channelName: string;
  channelId: string;
}
interface Connection extends Identity {
  id: string;
  socket: WebSocket;
  authorized: boolean;
  tokenFile: string;
  token: string;
}
interface Endpoint extends Identity {
  endpointId: string;
  connection: Connection;
  channel: ChannelIdentity;
}

/**
 * A stand-in for the HERE Core runtime as `@openfin/node-adapter` 40 sees it: authorization by a token in a file of the
 * machine, and channels between connections, over a real WebSocket. The runtime names who calls; connections cannot.
 */
export class DesktopRuntime {
  readonly #server: Server;
  readonly #folder: string;
  readonly port: number;
  readonly #connections = new Map<string, Connection>();
  readonly #channels = new Map<string, { identity: ChannelIdentity; owner: Connection; isOpen: boolean }>();
  #endpoints: Endpoint[] = [];

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
    this.port = server.address().port;
    server.on('connection', (socket: WebSocket) => this.#welcome(socket));
  }

  /** @param port 0 takes a free one. */
  static async start(port = 0): Promise<DesktopRuntime> {
    const server = new Server({ host: '127.0.0.1', port });
    await once(server, 'listening');
    return new DesktopRuntime(server, await mkdtemp(path.join(tmpdir(), 'desktop-runtime-')));
  }

  get address(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Names of the connections that were let in. */
  get connected(): string[] {
    return [...this.#connections.values()].filter(({ authorized }) => authorized).map(({ uuid }) => uuid);
  }

  get channelNames(): string[] {
    return [...this.#channels].filter(([, { isOpen }]) => isOpen).map(([name]) => name);
  }

  async stop(): Promise<void> {
    for (const { socket } of this.#connections.values()) socket.terminate();
    await new Promise<void>((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #welcome(socket: WebSocket): void {
    const id = randomUUID();
    const connection: Connection = {
      id,
      socket,
      uuid: '',
      name: '',
      authorized: false,
      tokenFile: path.join(this.#folder, id),
      token: randomUUID(),
    };
    this.#connections.set(id, connection);
    socket.on('message', (text: string) => void this.#receive(connection, JSON.parse(String(text)) as Message));
    socket.on('close', () => this.#leave(connection));
  }

  #leave(connection: Connection): void {
    this.#connections.delete(connection.id);
    for (const [name, { owner }] of this.#channels) if (owner === connection) this.#removeChannel(name);
    for (const endpoint of this.#endpoints.filter((one) => one.connection === connection))
      this.#removeEndpoint(endpoint);
  }

  async #receive(from: Connection, { action, messageId, correlationId, payload, to }: Message): Promise<void> {
    if (action === 'request-external-authorization') {
      from.uuid = String(payload['uuid']);
      return this.#tell(from, {
        action: 'external-authorization-response',
        payload: { file: from.tokenFile, token: from.token },
      });
    }
    if (action === 'request-authorization') {
      const isTaken = this.connected.includes(from.uuid);
      from.name = String(payload['name'] ?? from.uuid);
      from.authorized = !isTaken && (await readFile(from.tokenFile, 'utf8').catch(() => '')) === from.token;
      const answer = from.authorized
        ? { success: true }
        : {
            success: false,
            reason: isTaken ? `Application with specified UUID already exists: ${from.uuid}` : 'Invalid token',
          };
      return this.#tell(from, { action: 'authorization-response', payload: answer });
    }
    if (!from.authorized) return from.socket.terminate();
    if (action === 'ack') return this.#forward(to!, correlationId!, payload);
    try {
      const data = this.#act(from, action, messageId!, payload);
      if (data !== undefined)
        this.#tell(from, { action: 'ack', correlationId: messageId!, payload: { success: true, data } });
    } catch (error) {
      this.#tell(from, {
        action: 'ack',
        correlationId: messageId!,
        payload: { success: false, reason: (error as Error).message },
      });
    }
  }

  /** @returns what is answered at once; nothing where another connection answers. */
  #act(from: Connection, action: string, messageId: number, payload: Record<string, unknown>): unknown {
    const channelName = String(payload['channelName']);
    switch (action) {
      case 'create-channel': {
        if (this.#channels.has(channelName)) throw new Error(`Channel creation failed: ${channelName} exists already`);
        const identity = { uuid: from.uuid, name: from.name, channelName, channelId: randomUUID() };
        const channel = { identity, owner: from, isOpen: false };
        this.#channels.set(channelName, channel);
        // Clients are led to it once its owner has taken in that it is there.
        from.socket.once('pong', () => {
          channel.isOpen = true;
          this.#event('connected', identity);
        });
        setImmediate(() => from.socket.ping());
        return identity;
      }
      case 'destroy-channel':
        this.#removeChannel(channelName);
        return {};
      case 'connect-to-channel': {
        const channel = this.#channels.get(channelName);
        if (!channel?.isOpen) throw new Error('internal-nack');
        const endpoint: Endpoint = {
          uuid: from.uuid,
          name: from.name,
          endpointId: randomUUID(),
          connection: from,
          channel: channel.identity,
        };
        this.#endpoints.push(endpoint);
        this.#tell(channel.owner, {
          action: 'process-channel-connection',
          payload: {
            clientIdentity: named(endpoint),
            providerIdentity: channel.identity,
            payload: payload['payload'],
            offer: payload['offer'],
            ackToSender: this.#ackTo(from, messageId, { ...channel.identity, endpointId: endpoint.endpointId }),
          },
        });
        return undefined;
      }
      case 'disconnect-from-channel':
        for (const endpoint of this.#endpoints.filter(({ endpointId }) => endpointId === payload['endpointId']))
          this.#removeEndpoint(endpoint);
        return {};
      case 'send-channel-message':
        this.#passOn(from, messageId, payload);
        return undefined;
      default:
        return {};
    }
  }

  /** A message of a client goes to its provider, one of a provider to the client that it names. */
  #passOn(from: Connection, messageId: number, payload: Record<string, unknown>): void {
    const providerIdentity = payload['providerIdentity'] as ChannelIdentity;
    const endpoint = this.#endpoints.find(({ endpointId }) => endpointId === payload['endpointId']);
    if (!endpoint) throw new Error('This client is no longer connected.');
    const isFromClient = endpoint.connection === from;
    const owner = this.#channels.get(providerIdentity.channelName)?.owner;
    if (!owner) throw new Error('This channel is no longer there.');
    this.#tell(isFromClient ? owner : endpoint.connection, {
      action: 'process-channel-message',
      payload: {
        senderIdentity: isFromClient ? named(endpoint) : endpoint.channel,
        providerIdentity: endpoint.channel,
        action: payload['action'],
        payload: payload['payload'],
        intendedTargetIdentity: isFromClient ? { channelId: endpoint.channel.channelId } : named(endpoint),
        ackToSender: this.#ackTo(from, messageId, {}),
      },
    });
  }

  /** What the receiver fills in and sends back. */
  #ackTo(sender: Connection, messageId: number, data: object): object {
    return { action: 'ack', correlationId: messageId, to: sender.id, payload: { success: true, data } };
  }

  #forward(to: string, correlationId: number, { payload, data, ...others }: Record<string, unknown>): void {
    const receiver = this.#connections.get(to);
    if (receiver)
      this.#tell(receiver, {
        action: 'ack',
        correlationId,
        payload: { ...others, data: { ...(data as object), ...(payload as object) } },
      });
  }

  #removeChannel(name: string): void {
    const channel = this.#channels.get(name);
    this.#channels.delete(name);
    this.#endpoints = this.#endpoints.filter((endpoint) => endpoint.channel !== channel?.identity);
    if (channel) this.#event('disconnected', channel.identity);
  }

  #removeEndpoint(endpoint: Endpoint): void {
    this.#endpoints = this.#endpoints.filter((one) => one !== endpoint);
    this.#event('client-disconnected', { ...endpoint.channel, ...named(endpoint) });
  }

  #event(type: string, about: object): void {
    for (const connection of this.#connections.values()) {
      if (connection.authorized)
        this.#tell(connection, { action: 'process-desktop-event', payload: { topic: 'channel', type, ...about } });
    }
  }

  #tell({ socket }: Connection, message: Message): void {
    socket.send(JSON.stringify(message));
  }
}

function named({ uuid, name, endpointId }: Endpoint): Identity & { endpointId: string } {
  return { uuid, name, endpointId };
}
