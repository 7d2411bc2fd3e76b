import { configure, connect } from 'salesforce-interop-client';
import { connectDesktop } from 'salesforce-interop/core-web';

const status = document.querySelector('#status');
const show = document.querySelector('#show');

async function showPeople() {
  try {
    const salesforce = await connect();
    const query = 'SELECT Name, Phone FROM Contact WHERE Phone != null ORDER BY Name LIMIT 5';
    const { data } = await salesforce.executeApiRequest(`/services/data/vXX.X/query?q=${encodeURIComponent(query)}`);
    document.querySelector('#people').replaceChildren(
      ...data.records.map(({ Name, Phone }) => {
        return Object.assign(document.createElement('li'), { textContent: `${Name}: ${Phone}` });
      }),
    );
    status.textContent = `${data.records.length} to call`;
  } catch (error) {
    // A sentence for people; `error.code` is for programs.
    status.textContent = error.message;
  }
}

const { brokerUrl, platformId, providerOrigin } = await (await fetch('/config.json')).json();
configure({ provider: { origin: providerOrigin } });
await connectDesktop({ brokerUrl, platformId });
show.addEventListener('click', showPeople);
show.disabled = false;
