/** What the platform page shows of the desktop's requests to Salesforce. */
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '600' } });

describe('the meter of the platform page', () => {
  it.each([
    ['wide', { width: 1440, height: 900 }],
    ['narrow', { width: 390, height: 844 }],
  ])('shows what was asked for, what was sent, and what the org has left (%s)', async (_name, viewport) => {
    const context = await used.newContext({ viewport });
    const page = await openSignedIn(context, used.desk);
    const contacts = await appFrame(page, used.desk, 'contacts');
    // So that the first read of each record is under way when the second is asked for.
    await used.desk.control.setLatency(1_000);
    const ids = await callAs(contacts, async ({ connect }) => {
      const connection = await connect();
      const { data } = await connection.executeApiRequest<{ records: { Id: string }[] }>(
        '/services/data/vXX.X/query?q=SELECT+Id+FROM+Contact+LIMIT+20',
      );
      const rows = data!.records.map(({ Id }) => `/services/data/vXX.X/sobjects/Contact/${Id}`);
      await Promise.all([...rows, ...rows].map((row) => connection.executeApiRequest(row)));
      return rows.length;
    });
    await used.desk.control.clearFaults();
    expect(valueOf(ids)).toBe(20);
    const meter = page.getByRole('group', { name: 'Requests to Salesforce' });
    await meter.getByText(/in 24 hours/).waitFor();
    const text = async () => (await meter.textContent())!.replace(/\s+/g, ' ');
    const figures = async () => /([\d,]+) requests for ([\d,]+) that apps asked for/.exec(await text())!.slice(1);
    await page.waitForFunction(
      () => Number(/for ([\d,]+) that/.exec(document.querySelector('.usage')?.textContent ?? '')?.[1]) > 40,
    );
    const [sent, asked] = (await figures()).map((figure) => Number(figure.replace(',', ''))) as [number, number];
    expect(asked - sent).toBeGreaterThanOrEqual(20);
    const box = (await meter.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
    await used.close(context);
  });
});
