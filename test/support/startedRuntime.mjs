/**
 * What stands in for the executable of a HERE Core runtime: writes down its environment, and tells the adapter that has
 * started it at which port the runtime is, by the messages of Chromium's named pipe (`@openfin/node-adapter`, port
 * discovery). Arguments: the file for the environment, the port, the runtime's version, then the adapter's own.
 */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const [environmentFile, port, requestedVersion, ...given] = process.argv.slice(2);
writeFileSync(environmentFile, JSON.stringify(process.env));

const helloType = 0xffff;
function header(payloadBytes, messageType) {
  const bytes = Buffer.alloc(24);
  bytes.writeInt32LE(payloadBytes, 0);
  bytes.writeInt32LE(messageType, 8);
  return bytes;
}

const pipe = connect(/runtime-information-channel-v6=(\S+)/.exec(given.join(' '))[1]);
pipe.write(header(0, helloType));
pipe.once('data', () => {
  const text = Buffer.from(JSON.stringify({ payload: { port: Number(port), requestedVersion } }));
  const length = Buffer.alloc(4);
  length.writeInt32LE(text.length, 0);
  pipe.end(Buffer.concat([header(4 + text.length, 0), length, text]));
});
