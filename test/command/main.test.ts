import { run } from './terminal.ts';

const names = ['init', 'check', 'build', 'serve', 'provider', 'launch', 'doctor', 'org', 'desk'];

it('lists its commands, and ends with 2 where none was named', async () => {
  const { code, printed } = await run(['--help']);
  expect(code).toBe(0);
  for (const name of names) expect(printed).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(await run([])).toMatchObject({ code: 2, printed });
});

it('says its version', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, printed: '1.2.3', told: '' });
});

it.each(['init', 'check', 'build', 'serve', 'launch', 'doctor'])('says what %s takes', async (name) => {
  const { code, printed } = await run([name, '--help']);
  expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining(`salesforce-interop ${name}`) });
});

it('loads no embedded org for a check that needs none', async () => {
  const loadTestKit = () => Promise.reject(new Error('loaded'));
  expect(await run(['doctor', '--help'], { loadTestKit })).toMatchObject({ code: 0 });
  expect(await run(['doctor', '--org', 'https://acme.my.salesforce.com'], { loadTestKit })).toMatchObject({ code: 2 });
});

it.each([
  [['bild'], 'There is no command bild.'],
  [['constructor'], 'There is no command constructor.'],
  [['build', '--outt', 'x'], "Unknown option '--outt'"],
  [['check', 'one', 'two'], 'two is one word too many'],
  [['doctor'], 'No org is named'],
])('ends %j with 2 and one sentence', async (args, sentence) => {
  const { code, printed, told } = await run(args);
  expect({ code, printed }).toEqual({ code: 2, printed: '' });
  expect(told.split('\n')).toEqual([expect.stringContaining(sentence)]);
  expect(told).toContain('--help');
});

it.each(['org', 'desk'])('says which package %s is in, where that is missing', async (name) => {
  expect(await run([name])).toMatchObject({
    code: 1,
    told: expect.stringContaining('npm install --save-dev salesforce-interop-testkit'),
  });
});
