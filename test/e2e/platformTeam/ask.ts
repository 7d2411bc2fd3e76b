import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * One request to a server of this machine, whatever its name and its certificate. Names under `localhost` are known to
 * browsers, and not to every resolver.
 */
export function ask(
  address: string,
  { method = 'GET', host }: { method?: string; host?: string } = {},
): Promise<Answer> {
  const url = new URL(address);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    send(
      {
        host: '127.0.0.1',
        servername: url.hostname,
        port: url.port,
        path: url.pathname,
        method,
        headers: { Host: host ?? url.host },
        rejectUnauthorized: false,
        agent: false,
      },
      (response) =>
        void text(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        ),
    )
      .once('error', reject)
      .end();
  });
}
