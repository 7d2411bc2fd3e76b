import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importPrivateKey } from '../../../../src/provider/hosts/node/privateKey.ts';
import { readSecretFile } from '../../../../src/provider/hosts/node/secretFile.ts';
import { bySystem } from '../../../support/bySystem.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'key-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string, mode = 0o600): Promise<string> {
  // Of a name of its own, as one that is for reading only could not be written again.
  const written = path.join(folder, `${name}-${mode.toString(8)}`);
  await writeFile(written, text);
  await chmod(written, mode);
  return written;
}

describe('a file with a secret', () => {
  it('is read without the line break at its end', async () => {
    for (const mode of [0o600, 0o400, 0o700])
      expect(await readSecretFile(await file('s', 'hush\n', mode), 'client secret')).toBe('hush');
  });

  const openToOthers = [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o666];
  bySystem('on Windows, which has no permission bits', {
    posix() {
      it.each(openToOthers)('with mode %o is refused with the command that puts it right', async (mode) => {
        const secret = await file('s', 'hush', mode);
        const refused = readSecretFile(secret, 'client secret');
        await expect(refused).rejects.toThrow(
          `The client secret file ${secret} is open to others than its owner: run chmod 600 ${secret} and start again.`,
        );
      });

      it('is not asked for such bits on Windows', async () => {
        expect(await readSecretFile(await file('s', 'hush', 0o666), 'client secret', 'win32')).toBe('hush');
      });
    },
    windows() {
      it.each(openToOthers)('with mode %o is read, as it is its access list that keeps others out', async (mode) => {
        expect(await readSecretFile(await file('s', 'hush', mode), 'client secret')).toBe('hush');
      });
    },
  });

  it('is read as editors of Windows write it, and refused in the encoding of its older PowerShell', async () => {
    expect(await readSecretFile(await file('s', '\uFEFFhush\r\n'), 'client secret', 'win32')).toBe('hush');
    const utf16 = await file('s', '');
    await writeFile(utf16, Buffer.from('\uFEFFhush\r\n', 'utf16le'));
    await expect(readSecretFile(utf16, 'client secret')).rejects.toThrow(
      `The client secret file ${utf16} is not UTF-8 text: write it with Set-Content -Encoding utf8, or in an editor.`,
    );
  });

  it('must be there, a file, and neither empty nor huge', async () => {
    await expect(readSecretFile(path.join(folder, 'none'), 'private key')).rejects.toThrow(
      /private key file .*none does not exist\.$/,
    );
    await expect(readSecretFile(folder, 'private key')).rejects.toThrow(/is a folder, not a file\.$/);
    await expect(readSecretFile(await file('empty', '\n'), 'private key')).rejects.toThrow(/is empty\.$/);
    await expect(readSecretFile(await file('huge', 'x'.repeat(100_000)), 'private key')).rejects.toThrow(
      /larger than any private key\.$/,
    );
  });
});

describe('a private key', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = (key: typeof pair.privateKey, type: 'pkcs8' | 'pkcs1' = 'pkcs8') =>
    key.export({ format: 'pem', type }).toString();

  it.each(['pkcs8', 'pkcs1'] as const)(
    'is taken from a PEM of %s, to sign with and never to be read out again',
    async (type) => {
      const key = await importPrivateKey(pem(pair.privateKey, type), 'server.key');
      expect(key).toMatchObject({
        type: 'private',
        extractable: false,
        usages: ['sign'],
        algorithm: { name: 'RSASSA-PKCS1-v1_5' },
      });
      const data = new TextEncoder().encode('signed');
      const publicKey = await crypto.subtle.importKey(
        'spki',
        new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
        { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        false,
        ['verify'],
      );
      expect(
        await crypto.subtle.verify(
          'RSASSA-PKCS1-v1_5',
          publicKey,
          await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, data),
          data,
        ),
      ).toBe(true);
      await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
    },
  );

  it('is taken with the line ends of Windows', async () => {
    const crlf = await file('server.key', `\uFEFF${pem(pair.privateKey).replaceAll('\n', '\r\n')}`);
    const key = await importPrivateKey(await readSecretFile(crlf, 'private key'), crlf);
    expect(key).toMatchObject({ type: 'private', usages: ['sign'] });
  });

  it('is refused with the reason when it cannot be used', async () => {
    const locked = pair.privateKey
      .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'p' })
      .toString();
    const cases: [string, RegExp][] = [
      [locked, /has a passphrase/],
      [pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(), /certificate or public key/],
      [pem(short.privateKey), /too short: make one of 2048 bits/],
      [pem(curve.privateKey), /not an RSA key/],
      ['not a key', /no private key in PEM form/],
    ];
    for (const [text, sentence] of cases) await expect(importPrivateKey(text, 'server.key')).rejects.toThrow(sentence);
  });
});
