import { connect } from '@openfin/salesforce';

const status = document.querySelector('#status');
const { orgUrl, consumerKey } = await (await fetch('/config.json')).json();

async function emailOf(name) {
  const salesforce = await connect(orgUrl, consumerKey);
  const query = `SELECT Name, Email FROM Contact WHERE Name = '${name}' LIMIT 1`;
  const { data } = await salesforce.executeApiRequest(`/services/data/vXX.X/query?q=${encodeURIComponent(query)}`);
  return data.records[0]?.Email ?? 'Not found';
}

document.querySelector('#find').addEventListener('submit', async (event) => {
  event.preventDefault();
  status.textContent = 'One moment …';
  try {
    status.textContent = await emailOf(new FormData(event.target).get('name'));
  } catch (error) {
    status.textContent = error.message;
  }
});
status.textContent = 'Ready';
