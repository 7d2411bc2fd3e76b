import { callIn } from '../outcome.ts';
import type { Proof } from '../proof.ts';
import { login } from '../stage.ts';

export const surroundings: Proof[] = [
  {
    row: 'CORS list of the org',
    async prove({ both, call, stage, pages }) {
      const origins = await both(async (place) => {
        stage.arrived();
        await call(place, ({ send }) => send('/services/data/vXX.X/sobjects'));
        return stage.arrived()[0]?.headers.origin;
      });
      expect(origins).toEqual({ there: new URL(pages.there.url()).origin, here: stage.providerOrigin });
      expect(origins.here).not.toBe(new URL(pages.here.url()).origin);
    },
  },
  {
    row: "the browser's cache",
    async prove({ both, call, stage }) {
      const directives = await both(async (place) => {
        stage.arrived();
        await call(place, ({ send }) => send('/services/data/vXX.X/query?q=SELECT+Name+FROM+Account+LIMIT+7'));
        return stage.arrived()[0]?.headers['cache-control'];
      });
      expect(directives).toEqual({ there: undefined, here: 'no-cache' });
    },
  },
  {
    row: 'timeouts, cancelling',
    async prove({ both, call, stage }) {
      await stage.org.control.setLatency(1_500);
      try {
        const timed = await both((place) =>
          call(
            place,
            async ({ send }) =>
              (await send('/services/data', 'GET', undefined, undefined, true, { timeout: 100 })).status,
          ),
        );
        expect(timed).toMatchObject({
          there: { answer: 200 },
          here: { error: { name: 'ApiRequestError', code: 'REQUEST_TIMED_OUT' } },
        });
        const cancelled = await both((place) =>
          call(place, async ({ send }) => {
            const controller = new AbortController();
            const answer = send('/services/data', 'GET', undefined, undefined, true, { signal: controller.signal });
            controller.abort();
            return (await answer).status;
          }),
        );
        expect(cancelled).toMatchObject({ there: { answer: 200 }, here: { error: { name: 'AbortError' } } });
      } finally {
        await stage.org.control.clearFaults();
      }
    },
  },
  {
    row: 'many requests at once',
    configuration: { limits: { waitingRequestsPerApp: 2 } },
    async prove({ both, call, stage }) {
      const seen = await both(async (place) => {
        // All are asked for before the first is answered.
        await stage.org.control.injectFault({ kind: 'delay', milliseconds: 2_000 }, { path: '^/services/data/' });
        return call(place, ({ send }) =>
          Promise.all(
            Array.from({ length: 10 }, async (_, index) =>
              send(`/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+LIMIT+${index + 1}`).then(
                ({ status }) => status,
                ({ code }: { code?: string }) => code,
              ),
            ),
          ),
        );
      });
      await stage.org.control.clearFaults();
      expect(seen.there).toEqual({ answer: Array(10).fill(200) });
      // Five under way, two waiting, and the rest at once.
      expect(seen.here).toEqual({
        answer: [...Array<unknown>(7).fill(200), ...Array<unknown>(3).fill('TOO_MANY_REQUESTS')],
      });
    },
  },
  {
    row: 'answers of more than 64 MB',
    async prove({ both, call, stage }) {
      const seen = await both(async (place) => {
        await stage.org.control.injectFault(
          { kind: 'oversize', bytes: 64 * 1024 * 1024 + 1 },
          { path: '^/services/data/' },
        );
        return call(place, async ({ send }) => String((await send('/services/data/vXX.X/limits')).data).length);
      });
      expect(seen).toMatchObject({
        there: { answer: 64 * 1024 * 1024 - 1 },
        here: { error: { name: 'ApiRequestError', message: expect.stringContaining('larger') } },
      });
    },
  },
  {
    row: 'errors',
    async prove({ both, call }) {
      const errors = await both((place) =>
        call(place, async ({ send }) => {
          const error = await send('/services/data/vXX.X/sobjects/Nothing__c').then(
            () => ({}),
            (reason: unknown) => reason as object,
          );
          const { name, status, message, code, reason, correlationId } = error as Record<string, unknown>;
          return [name, status, message, typeof code, typeof reason, typeof correlationId];
        }),
      );
      const common = ['ApiRequestError', 404, 'The requested resource does not exist'];
      expect(errors).toEqual({
        there: { answer: [...common, 'undefined', 'undefined', 'undefined'] },
        here: { answer: [...common, 'string', 'string', 'string'] },
      });
    },
  },
  {
    row: '`enableLogging`',
    async prove({ both, call }) {
      const written = await both(async (place) => {
        const seen = await call(
          place,
          async ({ api, send }, [orgUrl, key]) => {
            const lines: string[] = [];
            const { log, info } = console;
            console.log = console.info = (...parts: unknown[]) => void lines.push(JSON.stringify(parts));
            const { Salesforce } = (globalThis as unknown as { fin: { Integrations: { Salesforce: typeof api } } }).fin
              .Integrations;
            try {
              Salesforce.enableLogging();
              await api.connect(orgUrl, key);
              await send('/services/data/vXX.X/query?q=SELECT+Name+FROM+Account+LIMIT+1');
              Salesforce.disableLogging();
              const count = lines.length;
              await send('/services/data');
              return { lines: lines.join('\n'), silentAfterwards: count === lines.length };
            } finally {
              Object.assign(console, { log, info });
            }
          },
          login,
        );
        return seen.answer as { lines: string; silentAfterwards: boolean };
      });
      expect(written.there).toMatchObject({
        silentAfterwards: true,
        lines: expect.stringMatching(/v2\.3\.0[^]*"codeVerifier"[^]*SELECT\+Name[^]*"records"/),
      });
      expect(written.here).toMatchObject({
        silentAfterwards: true,
        lines: expect.stringMatching(/salesforce-interop\] v[^]*execute \w+ succeeded/),
      });
      expect(written.here.lines).not.toMatch(/SELECT|Account|records|Verifier|Morgan/);
    },
  },
  {
    row: '`fin.Integrations`',
    async prove({ both, launchAnother }) {
      const names = await both(async (place) => {
        const page = await launchAnother(place);
        await page.evaluate(() =>
          Object.assign((globalThis as unknown as { fin: object }).fin, { Integrations: { Other: {} } }),
        );
        return (
          await callIn(page, place, async () =>
            Object.keys((globalThis as unknown as { fin: { Integrations: object } }).fin.Integrations).sort(),
          )
        ).answer;
      });
      expect(names).toEqual({ there: ['Salesforce'], here: ['Other', 'Salesforce'] });
    },
  },
  {
    row: 'usage told to HERE',
    async prove({ both, call, runtime }) {
      const told = await both(async (place) => {
        const before = runtime.usage.length;
        await call(place, async ({ api }, given) => void (await api.connect(...given)), login);
        return runtime.usage.length - before;
      });
      expect(told).toEqual({ there: 1, here: 0 });
    },
  },
];
