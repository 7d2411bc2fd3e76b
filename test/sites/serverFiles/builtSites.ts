import { describeSites } from '../../../src/sites/describeSites.ts';
import { fileOf, plainDocuments, type BuiltSite } from '../../../src/sites/serverFiles/builtSite.ts';
import { bankDesktop, bankDesktopFile } from '../bankDesktop.ts';

const onThisMachine = {
  platform: { ...bankDesktopFile.platform, origin: 'http://localhost:7070' },
  provider: { origin: 'http://localhost:7072' },
  recordView: { origin: 'http://localhost:7076' },
  apps: [{ appId: 'blotter', title: 'Blotter', url: 'http://localhost:5173/', usesSalesforce: true }],
};

/** The sites of a bank's desktop and of one on a single machine, as `build` hands them to what writes the files. */
export const builtSites: (BuiltSite & { title: string })[] = [bankDesktop(), bankDesktop(onThisMachine)].flatMap(
  (desktop) =>
    describeSites(desktop).map((site) => ({
      ...site,
      title: `${site.name} at ${site.origin}`,
      folder: `/srv/desktop/${site.name}`,
      files: [
        ...Object.keys(site.headers.exactly).map((path) => fileOf(path, site.documents)),
        '/index.html',
        '/assets/index-B_x-1.js',
        '/assets/index-C9.css',
        '/icons/contacts.svg',
      ],
    })),
);

/** Every path of a site that a browser asks for. */
export function pathsOf(site: BuiltSite): string[] {
  const plain = new Map(plainDocuments(site).map(({ document, file }) => [file, document]));
  return ['/', ...site.files.map((file) => plain.get(file) ?? file)];
}
