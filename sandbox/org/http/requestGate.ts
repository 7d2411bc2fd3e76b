import { STATUS_CODES, type RequestListener } from 'node:http';
import type { Server, Socket } from 'node:net';
import { readTarget } from '../../../src/sites/serve/requestTarget.ts';

/** Salesforce takes this many bytes for the URL, and for URL and headers together (Limits, "API Request Limits"). */
const LARGEST_HEAD = 16_384;
/** What is still read, so that it can be answered in Salesforce's way. */
export const largestRead = 1024 * 1024;

/** For the servers of the org; without it Node.js ends larger requests with an answer of its own, which has no body. */
export const serverOptions = { maxHeaderSize: largestRead };

/**
 * Answers what Salesforce refuses before it looks at the resource: a URL that is too long (414), URL and headers that
 * are too large together (431), and what is no request (400). Such answers are HTML and carry no CORS headers.
 */
export function behindGate(handle: RequestListener): RequestListener {
  return (request, response) => {
    const { url = '', rawHeaders, httpVersionMajor } = request;
    const target = readTarget(request);
    const headers = sizeOf(rawHeaders);
    const refused =
      url.length > LARGEST_HEAD
        ? 414
        : url.length + headers > LARGEST_HEAD
          ? 431
          : target === undefined
            ? 400
            : undefined;
    if (refused === undefined) {
      request.url = target;
      return handle(request, response);
    }
    const body = badMessage(refused);
    response.writeHead(refused, {
      'Content-Type': contentType,
      'Content-Length': body.length,
      // HTTP/2 has no such header (RFC 9113 §8.2.2).
      ...(httpVersionMajor === 1 && { Connection: 'close' }),
    });
    return void response.end(body);
  };
}

/** Names and values in turn, without what HTTP/2 says of the request itself, such as its path (RFC 9113 §8.3). */
function sizeOf(rawHeaders: readonly string[]): number {
  return rawHeaders.reduce((bytes, text, index) => {
    const name = rawHeaders[index - (index % 2)]!;
    return name.startsWith(':') ? bytes : bytes + text.length + 2;
  }, 0);
}

/** The same for what Node.js cannot read at all, and would answer without a body. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable) return void socket.destroy();
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    const body = badMessage(status);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${body.length}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

const contentType = 'text/html;charset=iso-8859-1';

/** In the words that clients were shown (jsforce issue 1134, SFDX-Data-Move-Utility issue 649). */
function badMessage(status: number): string {
  return `<h1>Bad Message ${status}</h1><pre>reason: ${STATUS_CODES[status]}</pre>`;
}
