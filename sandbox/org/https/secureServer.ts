import type { RequestListener } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { answerUnreadable, largestRead, serverOptions } from '../http/requestGate.ts';
import { createSelfSignedCertificate } from './selfSignedCertificate.ts';

/** A secure server, and how to end all its connections, for which that of HTTP/2 has no method. */
export interface SecureServer {
  server: Server;
  endConnections(): void;
}

/**
 * A server with a self-signed certificate.
 *
 * @param listener Gets all requests. Node.js gives those of HTTP/2 the form of HTTP/1.1 ("Compatibility API").
 * @param http2 Whether it speaks HTTP/2 (RFC 9113) with who asks for it while the connection is secured (ALPN,
 *   RFC 7301), as the servers of Salesforce do; HTTP/1.1 in any case.
 */
export async function createSecureListener(listener: RequestListener, http2: boolean): Promise<SecureServer> {
  const options = { ...serverOptions, ...(await createSelfSignedCertificate()) };
  const server = http2
    ? createSecureServer(
        // For both to be read as far, and refused alike.
        { ...options, allowHTTP1: true, settings: { maxHeaderListSize: largestRead } },
        listener as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void,
      )
    : createServer(options, listener);
  answerUnreadable(server);
  const connections = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return {
    server,
    endConnections() {
      for (const socket of connections) socket.destroy();
    },
  };
}
