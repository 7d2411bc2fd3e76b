import { getAgent } from '@finos/fdc3';

const status = document.querySelector('#status');
const person = document.querySelector('#person');
// Whichever desktop agent is there: HERE Core Web's, the container's, or another maker's.
const fdc3 = await getAgent({ timeoutMs: 10_000 });

/** FDC3 only: whoever answers the intent knows the person, this page knows nothing of Salesforce. */
async function lookUp(email) {
  const resolution = await fdc3.raiseIntent('ViewContact', { type: 'fdc3.contact', id: { email } });
  // The context that was given, enriched by what the record says.
  return resolution.getResult();
}

function show({ name, title, phone, company, id }) {
  const rows = {
    Name: name,
    Title: title,
    Company: company?.name,
    Telephone: phone,
    'E-mail': id?.email,
    Salesforce: id?.SALESFORCE,
  };
  person.replaceChildren(
    ...Object.entries(rows)
      .filter(([, value]) => value)
      .flatMap(([label, value]) => [
        Object.assign(document.createElement('dt'), { textContent: label }),
        Object.assign(document.createElement('dd'), { textContent: value }),
      ]),
  );
}

document.querySelector('#look').addEventListener('submit', async (event) => {
  event.preventDefault();
  person.replaceChildren();
  status.textContent = 'One moment …';
  try {
    const found = await lookUp(new FormData(event.target).get('email'));
    if (found) show(found);
    status.textContent = found?.id?.SALESFORCE ? 'Found' : 'Nobody was chosen';
  } catch (error) {
    // FDC3's own words, such as `NoAppsFound`; why an intent failed is told to the person by the desktop.
    status.textContent = `Not found (${error.message})`;
  }
});

status.textContent = 'Ready';
