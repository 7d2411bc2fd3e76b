import { failure, success } from '../../src/outcomes/failure.ts';
import { createAudit, type AuditRecord } from '../../src/provider/audit.ts';

let lines: AuditRecord[];
let causes: unknown[][];
let audit: ReturnType<typeof createAudit>;

beforeEach(() => {
  [lines, causes] = [[], []];
  audit = createAudit({
    write: (line) => lines.push(line),
    reportCause: (...reported) => causes.push(reported),
    now: () => new Date(0),
  });
});

describe('the audit trail', () => {
  it('has one line for a call that succeeds, with what was found out meanwhile', async () => {
    expect(
      await audit({ app: 'Notes', action: 'connect' }, (line) => {
        line.user = 'morgan@northbridge.example';
        return success(1);
      }),
    ).toEqual(success(1));
    expect(lines).toEqual([
      {
        at: '1970-01-01T00:00:00.000Z',
        correlationId: expect.any(String),
        app: 'Notes',
        action: 'connect',
        user: 'morgan@northbridge.example',
        outcome: 'ok',
      },
    ]);
  });

  it('has one line for a call that fails, and the app gets its correlation id', async () => {
    const outcome = await audit({ app: 'Notes', action: 'GET', target: '/services/data' }, async () =>
      failure('NETWORK_FAILED', 'Offline.'),
    );
    expect(lines).toMatchObject([{ target: '/services/data', outcome: 'NETWORK_FAILED' }]);
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'NETWORK_FAILED',
        name: 'ApiRequestError',
        message: 'Offline.',
        correlationId: lines[0]!.correlationId,
      },
    });
  });

  it('has one line for what work throws: the app is told no more than the correlation id, the console why', async () => {
    const cause = new TypeError('something inside');
    for (const work of [
      () => {
        throw cause;
      },
      () => Promise.reject(cause),
    ]) {
      const outcome = await audit({ app: 'Notes', action: 'GET' }, work);
      const { correlationId, outcome: told } = lines.at(-1)!;
      expect(told).toBe('INTERNAL');
      expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL', correlationId } });
      expect(JSON.stringify(outcome)).not.toContain('something inside');
      expect(causes.at(-1)).toEqual([correlationId, cause]);
    }
    expect(lines).toHaveLength(2);
  });
});
