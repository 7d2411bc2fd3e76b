import { connect, onStateChange, queryPath, soql } from 'salesforce-interop-client';

const status = document.querySelector('#status');

async function emailOf(name) {
  // Which org it is, the desktop knows; one sign-in is for all apps.
  const salesforce = await connect();
  // Bound, not pasted: an apostrophe in a name ends no literal, and nobody's name writes the query.
  const { data } = await salesforce.executeApiRequest(
    queryPath(soql`SELECT Name, Email FROM Contact WHERE Name = ${name} LIMIT 1`),
  );
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
// What one person saw is gone when the next comes.
onStateChange(({ state }) => {
  if (state !== 'signedIn') status.textContent = '';
});
status.textContent = 'Ready';
