import type { IncomingHttpHeaders } from 'node:http';
import { createServer, request as requestOf } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSelfSignedCertificate } from '../../../sandbox/org/https/selfSignedCertificate.ts';

/** A request as it reached the org. */
export interface ArrivedRequest {
  method: string;
  /** Path and query, untouched. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Stands in front of an org's TLS port, passes everything on as it is, and keeps what came. */
export async function recordOrg(
  httpsPort: number,
): Promise<{ port: number; take(): ArrivedRequest[]; close(): Promise<void> }> {
  let arrived: ArrivedRequest[] = [];
  const server = createServer(
    { ...(await createSelfSignedCertificate()), maxHeaderSize: 65_536 },
    (incoming, answer) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const body = Buffer.concat(chunks);
        arrived.push({ method, url, headers, body: body.toString('latin1') });
        const onward = requestOf(
          { host: '127.0.0.1', port: httpsPort, method, path: url, headers, rejectUnauthorized: false },
          (answered) => {
            answer.writeHead(answered.statusCode!, answered.rawHeaders);
            answered.pipe(answer);
          },
        );
        onward.on('error', () => answer.destroy());
        onward.end(body);
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    /** What came since it was asked last. */
    take() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
