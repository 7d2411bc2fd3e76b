/** `docs/protocol.md` is all that somebody needs who writes another client. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import ts from 'typescript';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { appFrame, openDesk } from '../../e2e/deskPage.ts';
import { useDesk } from '../../e2e/useDesk.ts';
import { readByQuery, type Read } from './tinyClient.ts';

const page = path.resolve(import.meta.dirname, '../../../docs/protocol.md');

describe('a client written from the page alone', () => {
  const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });

  /**
   * Chromium, with developer tools attached, loses messages to a page that opens a window: the apps have to be there.
   */
  async function openSettledDesk(): Promise<Page> {
    const desk = await openDesk(await used.newContext(), used.desk);
    await desk.waitForFunction(() => !document.body.innerText.includes('Connecting …'));
    return desk;
  }

  it('gets a ticket, leads the person through signing in, reads a record and leaves', async () => {
    const desk = await openSettledDesk();
    const app = await appFrame(desk, used.desk, 'contacts');
    const query = "SELECT Name FROM Account WHERE Name = 'Grand Hotels & Resorts Ltd'";
    const opened = desk.waitForEvent('popup');
    const read = app.evaluate<Read>(
      `(${readByQuery.toString()})({ fin: window.fin, query: ${JSON.stringify(query)} })`,
    );
    await signInOn(await opened);
    const { sessionId, ...found } = await read;
    expect(found).toMatchObject({
      user: 'Morgan Reed',
      status: 200,
      records: [{ Name: 'Grand Hotels & Resorts Ltd' }],
      left: null,
    });
    expect(found.states).toContainEqual(expect.objectContaining({ state: 'signedIn', sessionId }));
  });

  it('imports nothing of this repository', async () => {
    expect(await readFile(path.resolve(import.meta.dirname, 'tinyClient.ts'), 'utf8')).not.toMatch(
      /^import\b|\bimport\(|\brequire\(/m,
    );
  });
});

it('the types on the page are TypeScript, and each that is named is told', async () => {
  const text = await readFile(page, 'utf8');
  const [actions, types] = text.split('\n## Types\n') as [string, string];
  const blocks = (part: string) => [...part.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);
  const shared = [...blocks(types), ...blocks(actions).filter((code) => !code.includes('type Payload'))];
  const scoped = blocks(actions).filter((code) => code.includes('type Payload'));
  // Every page knows these, which only a lane carries.
  const ofPages = 'interface Blob { size: number }; interface File extends Blob { name: string }';
  const source = [ofPages, ...shared, ...scoped.map((code, index) => `namespace Action${index} { ${code} }`)].join(
    '\n',
  );
  const host = ts.createCompilerHost({});
  const { getSourceFile } = host;
  host.getSourceFile = (name, options) =>
    name === 'page.ts' ? ts.createSourceFile(name, source, options) : getSourceFile(name, options);
  const program = ts.createProgram(
    ['page.ts'],
    { noEmit: true, strict: true, types: [], lib: ['lib.es2022.d.ts'], skipLibCheck: true },
    host,
  );
  expect(
    ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  ).toEqual([]);
  expect(scoped.length).toBeGreaterThan(20);
});
