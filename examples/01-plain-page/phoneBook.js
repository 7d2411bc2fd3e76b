import { configure, connect, likeContains, onStateChange, query, record, soql } from 'salesforce-interop-client';
import { connectDesktop } from 'salesforce-interop/core-web';

const status = document.querySelector('#status');
const list = document.querySelector('#contacts');

/** Runs what a person asked for, and says what became of it. */
async function attempt(work) {
  try {
    status.textContent = 'One moment …';
    status.textContent = await work();
  } catch (error) {
    // Every failure of the connection is a sentence for people, and has a stable `code`.
    status.textContent = error.message;
  }
}

async function find(name) {
  // Signs in only if nobody has yet.
  const salesforce = await connect();
  // `soql` binds what a person has typed, so that nothing of it is read as SOQL.
  const found = soql`SELECT Id, Name, Phone FROM Contact WHERE Name LIKE ${likeContains(name)} ORDER BY Name LIMIT 20`;
  const contacts = await query(salesforce, found).toArray();
  list.replaceChildren(...contacts.map((contact) => row(salesforce, contact)));
  return `${contacts.length} found`;
}

function row(salesforce, { Id, Name, Phone }) {
  const item = document.createElement('li');
  const form = item.appendChild(document.createElement('form'));
  const label = form.appendChild(document.createElement('label'));
  label.textContent = `${Name} `;
  const phone = label.appendChild(Object.assign(document.createElement('input'), { type: 'tel', value: Phone ?? '' }));
  form.append(Object.assign(document.createElement('button'), { textContent: 'Save' }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => {
      await record(salesforce, 'Contact', Id).update({ Phone: phone.value });
      return `Saved ${Name}`;
    });
  });
  return item;
}

document.querySelector('#search').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(() => find(new FormData(event.target).get('name')));
});

// The server of this page says where the desktop is: { brokerUrl, platformId, providerOrigin }.
const { brokerUrl, platformId, providerOrigin } = await (await fetch('/config.json')).json();
configure({ provider: { origin: providerOrigin } });
await connectDesktop({ brokerUrl, platformId });
// What one person saw is gone when the next comes.
onStateChange(({ state }) => {
  if (state === 'signedIn') return;
  list.replaceChildren();
  status.textContent = '';
});
status.textContent = 'Ready';
