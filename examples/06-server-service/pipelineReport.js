/** Writes every few minutes which deals are open, by stage. Where no person sits: the provider signs in as its integration user. */
import { writeFile } from 'node:fs/promises';
import { connect as connectRuntime } from '@openfin/node-adapter';
import { configure, connect, queryPath, soql } from 'salesforce-interop-client';

const {
  RUNTIME_ADDRESS: address = 'ws://localhost:9696',
  REPORT_FILE: file = 'pipeline.json',
  EVERY_MINUTES: minutes = '5',
} = process.env;

/** Reads and writes one report. */
async function report(salesforce) {
  const { data } = await salesforce.executeApiRequest(
    queryPath(soql`
    SELECT StageName stage, COUNT(Id) deals, SUM(Amount) amount FROM Opportunity WHERE IsClosed = false GROUP BY StageName
  `),
  );
  const stages = data.records.map(({ stage, deals, amount }) => ({ stage, deals, amount }));
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), stages }, null, 2)}\n`);
  console.log(`${stages.length} stages written to ${file}`);
}

// A connection to the runtime has a uuid of its own, and the provider's configuration lists this one.
const fin = await connectRuntime({ address, uuid: 'pipeline-report', nonPersistent: true });
// Whoever runs this service starts it again, and with it its connection.
fin.once('disconnected', () => {
  console.error('The HERE Core runtime has gone.');
  process.exit(1);
});
configure({ fin });

let salesforce;
async function run() {
  try {
    salesforce = await connect();
    await report(salesforce);
  } catch (error) {
    // Every failure of the connection is a sentence for people, and has a stable `code`. The next run tries again.
    console.error(`${error.code ?? error.name}: ${error.message}`);
  }
}
await run();
setInterval(run, Number(minutes) * 60_000);

// By Ctrl-C, by a service manager, or (also on Windows, where a signal ends a process at once) by a parent that closes
// the IPC channel it has started this with.
for (const toldToEnd of ['SIGINT', 'SIGTERM', 'SIGBREAK', 'disconnect']) {
  process.once(toldToEnd, async () => {
    await salesforce?.disconnect().catch(() => undefined);
    process.exit(0);
  });
}
