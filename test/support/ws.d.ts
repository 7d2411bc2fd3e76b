/** The part of `ws` 7 that the stand-in for the runtime uses; it comes without types. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events';
  export class WebSocket extends EventEmitter {
    send(data: string): void;
    ping(): void;
    terminate(): void;
  }
  export class Server extends EventEmitter {
    constructor(options: { host: string; port: number });
    address(): { port: number };
    close(done?: () => void): void;
  }
}
