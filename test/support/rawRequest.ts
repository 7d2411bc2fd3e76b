import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: string;
  body: string;
}

/**
 * Sends bytes as they are to a port of this machine, which no HTTP client would do, and reads until the server closes:
 * the request should ask for that, unless it is refused.
 */
export async function sendRaw(port: number, request: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  // The server may answer and close before all is sent.
  socket.on('error', () => undefined);
  socket.write(request, 'latin1');
  const [head = '', ...rest] = (await text(socket).catch(() => '')).split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), headers: head, body: rest.join('\r\n\r\n') };
}
