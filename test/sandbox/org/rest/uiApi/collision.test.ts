/** What the User Interface API refuses to save: changes of a stale copy, and what a duplicate rule has found. */
import { collisionForms, type CollisionForm } from '../../../../../sandbox/org/rest/uiApi/collisionForms.ts';
import { call, startRestApi, type RunningRestApi } from '../runningRestApi.ts';

const running: RunningRestApi[] = [];
async function start(options: Parameters<typeof startRestApi>[0] = {}): Promise<RunningRestApi> {
  const api = await startRestApi(options);
  running.push(api);
  return api;
}
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

const ui = (api: RunningRestApi, path: string, request: Parameters<typeof call>[2] = {}) =>
  call(api, `/v66.0/ui-api${path}`, request);

interface Shown {
  id: string;
  lastModifiedDate: string;
  fields: Record<string, { value: unknown }>;
}

async function newAccount(api: RunningRestApi, Name: string) {
  const made = await ui(api, '/records', { method: 'POST', body: { apiName: 'Account', fields: { Name } } });
  return made.body as Shown;
}

describe('a change of a record that somebody has changed since it was read', () => {
  async function collide(collisionForm?: CollisionForm) {
    const api = await start(collisionForm && { collisionForm });
    const { id, lastModifiedDate } = await newAccount(api, 'Stale plc');
    const headers = { 'If-Modified-Since': new Date(lastModifiedDate).toUTCString() };
    const change = (Site: string) =>
      ui(api, `/records/${id}`, { method: 'PATCH', body: { fields: { Site } }, headers });
    api.advance(5_000);
    expect((await change('first')).status).toBe(200);
    const refused = await change('second');
    const { body } = await ui(api, `/records/${id}?fields=Account.Site`);
    expect((body as Shown).fields['Site']?.value).toBe('first');
    return refused;
  }

  it('is refused as an org was seen to do it, unless another form is asked for', async () => {
    const { status, body } = await collide();
    expect(status).toBe(400);
    expect(body).toMatchObject({
      enhancedErrorType: 'RecordError',
      statusCode: 400,
      output: {
        errors: [
          {
            errorCode: 'CollisionDetectedException',
            message: expect.stringMatching(/^This record was modified by \w+ \w+ during your edit session\./),
            field: null,
            duplicateRecordError: null,
          },
        ],
        fieldErrors: {},
      },
    });
  });

  it.each([
    ['preconditionFailed', 412, 'PRECONDITION_FAILED'],
    ['ifLastModified', 400, 'ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK'],
  ] as const)('is refused in the form %s', async (form, status, errorCode) => {
    expect(await collide(form)).toMatchObject({ status, body: [{ errorCode }] });
    expect(collisionForms).toContain(form);
  });

  it('is saved when it was made within the same second, as the header has no parts of one', async () => {
    const api = await start();
    const { id, lastModifiedDate } = await newAccount(api, 'Same second plc');
    const headers = { 'If-Modified-Since': new Date(Date.parse(lastModifiedDate) + 1_000).toUTCString() };
    const { status } = await ui(api, `/records/${id}`, { method: 'PATCH', body: { fields: { Site: 'x' } }, headers });
    expect(status).toBe(200);
  });
});

describe('a record that a duplicate rule takes for another', () => {
  it('is refused with the records that were found, and saved when the body allows it', async () => {
    const api = await start({ duplicateRules: true });
    const { id } = await newAccount(api, 'Twice plc');
    const other = await newAccount(api, 'Once plc');
    const change = (allowSaveOnDuplicate: boolean) =>
      ui(api, `/records/${other.id}`, {
        method: 'PATCH',
        body: { fields: { Name: 'Twice plc' }, allowSaveOnDuplicate },
      });
    expect(await change(false)).toMatchObject({
      status: 400,
      body: {
        enhancedErrorType: 'RecordError',
        output: {
          errors: [
            {
              errorCode: 'DUPLICATES_DETECTED',
              duplicateRecordError: {
                matchResults: [
                  {
                    apiName: 'Account',
                    isAllowSave: true,
                    matchRecordIds: [id],
                    matchRule: 'Standard_Account_Duplicate_Rule',
                    objectLabelPlural: 'Accounts',
                  },
                ],
              },
            },
          ],
        },
      },
    });
    expect((await change(true)).status).toBe(200);
  });
});
