import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfigurationFile } from '../../../../src/provider/hosts/node/configurationFile.ts';
import { readOwnFile } from '../../../../src/provider/hosts/node/ownFile.ts';
import { readSecretFile } from '../../../../src/provider/hosts/node/secretFile.ts';
import { bySystem } from '../../../support/bySystem.ts';

const configuration = '{"orgs":[{"orgUrl":"https://acme.my.salesforce.com","consumerKey":"k"}],"allowedApps":[]}';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'own-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What the two kinds of files are read by, and what each of them may not let others do. */
const kinds = [
  {
    what: 'private key',
    read: (file: string) => readSecretFile(file, 'private key'),
    mode: 0o600,
    openTo: [0o640, 0o604, 0o620],
  },
  {
    what: 'configuration',
    read: (file: string) => readConfigurationFile(file),
    mode: 0o644,
    openTo: [0o664, 0o646, 0o666],
  },
];

describe.each(kinds)('the file with a $what', ({ what, read, mode, openTo }) => {
  async function file(place = folder, withMode = mode): Promise<string> {
    const written = path.join(place, 'file');
    await writeFile(written, configuration);
    await chmod(written, withMode);
    return written;
  }
  const refusal = async (name: string): Promise<string> =>
    read(name).then(
      () => 'taken',
      (error: Error) => error.message,
    );

  it('is taken when it is the own one, wherever it is named from', async () => {
    expect(await refusal(await file())).toBe('taken');
    expect(await refusal(path.relative(process.cwd(), await file()))).toBe('taken');
  });

  it('is refused when it is a folder', async () => {
    expect(await refusal(folder)).toBe(`The ${what} file ${folder} is a folder, not a file.`);
  });

  bySystem('on Windows, which has no permission bits, and lets only some users link to a file', {
    posix() {
      it('is refused when it is a pipe, without waiting for somebody to write', async () => {
        const pipe = path.join(folder, 'pipe');
        execFileSync('mkfifo', ['-m', '600', pipe]);
        expect(await refusal(pipe)).toBe(`The ${what} file ${pipe} is a pipe, not a file.`);
      });

      it('is refused when it is a device or a socket', async () => {
        expect(await refusal('/dev/zero')).toBe(`The ${what} file /dev/zero is a device, not a file.`);
        const socket = path.join(folder, 'socket');
        const server = createServer();
        await new Promise<void>((resolve) => void server.listen(socket, resolve));
        expect(await refusal(socket)).toBe(`The ${what} file ${socket} is a socket, not a file.`);
        await new Promise((resolve) => server.close(resolve));
      });

      it('is refused when it is a link, even to the right file; a link to its folder is followed to the end', async () => {
        const link = path.join(folder, 'link');
        await symlink(await file(), link);
        expect(await refusal(link)).toBe(`The ${what} file ${link} is a link: name the file that it leads to.`);
        await symlink(folder, path.join(folder, 'here'));
        expect(await refusal(path.join(folder, 'here', 'file'))).toBe('taken');
      });

      it.each(openTo)('is refused with mode %o, with the command that puts it right', async (open) => {
        expect(await refusal(await file(folder, open))).toMatch(
          /(run chmod 600|run chmod go-w) .*file and start again\.$/,
        );
      });

      it.each([0o770, 0o707, 0o722])('is refused when its folder has mode %o, or the folder above it', async (open) => {
        const inner = path.join(folder, 'inner');
        await mkdir(inner, 0o700);
        const within = await file(inner);
        await chmod(folder, open);
        expect(await refusal(within)).toContain(
          `lies in ${folder}, where others than its owner can exchange it: run chmod go-w ${folder}`,
        );
        await chmod(folder, 0o1777);
        expect(await refusal(within)).toBe('taken');
      });
    },
    windows() {
      it('is refused when it is a junction; a junction to its folder is followed to the end', async () => {
        await file();
        const junction = path.join(folder, 'here');
        await symlink(folder, junction, 'junction');
        expect(await refusal(junction)).toBe(`The ${what} file ${junction} is a link: name the file that it leads to.`);
        expect(await refusal(path.join(junction, 'file'))).toBe('taken');
      });

      it.each(openTo)('is taken with mode %o, as it is its access list that keeps others out', async (open) => {
        expect(await refusal(await file(folder, open))).toBe('taken');
      });
    },
  });
});

const read = (file: string, userId: number) =>
  readOwnFile(file, { what: 'client secret', ownersAlone: 'read', longestBytes: 1000, userId });

bySystem('on Windows, whose files belong to no user by number', {
  posix: () => describe('a file of another user', foreignFiles),
  windows() {
    it('a file is taken from whomever its access list lets write it', async () => {
      const secret = path.join(folder, 'secret');
      await writeFile(secret, 'hush');
      expect(await read(secret, 1000)).toBe('hush');
    });
  },
});

function foreignFiles(): void {
  const me = process.geteuid!();
  const someoneElse = 65_534;

  /** Owned by neither `userId` nor root: only root can give files away, so anybody else reads as somebody else. */
  async function foreign(name: string): Promise<{ userId: number }> {
    if (me !== 0) return { userId: me + 1 };
    await chown(name, someoneElse, someoneElse);
    return { userId: me };
  }

  it('is refused, by root as well', async () => {
    const secret = path.join(folder, 'secret');
    await writeFile(secret, 'hush', { mode: 0o600 });
    expect(await read(secret, me)).toBe('hush');
    const { userId } = await foreign(secret);
    await expect(read(secret, userId)).rejects.toThrow(
      /belongs to another user, who could (change|exchange) it: (make|keep) it/,
    );
  });

  it('is refused when only its folder is theirs', async () => {
    const secret = path.join(folder, 'secret');
    await writeFile(secret, 'hush', { mode: 0o600 });
    const { userId } = await foreign(folder);
    await expect(read(secret, userId)).rejects.toThrow(`lies in ${folder}, which belongs to another user`);
  });

  it('is taken from root by any user', async () => {
    const text = await readOwnFile('/etc/passwd', {
      what: 'configuration',
      ownersAlone: 'write',
      longestBytes: 1_000_000,
      userId: someoneElse,
    });
    expect(text).toContain('root');
  });
}
