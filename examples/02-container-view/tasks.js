import { configure, connect, getConnection, onStateChange, query, record, soql } from 'salesforce-interop-client';

// In the container `fin` is there before the page's first script: nothing has to be joined. The provider is known by its uuid.
configure({ provider: { uuid: 'salesforce-interop' } });

const status = document.querySelector('#status');
const signIn = document.querySelector('#sign-in');
const add = document.querySelector('#add');
const list = document.querySelector('#tasks');

/** Runs what a person asked for, and says what became of it. */
async function attempt(work) {
  try {
    const said = await work();
    if (said) status.textContent = said;
  } catch (error) {
    // Every failure of the connection is a sentence for people, and has a stable `code`.
    status.textContent = error.message;
  }
}

let turn = 0;

/** Shows what a connection gives, unless the state has changed meanwhile: what one person sees is not shown to the next. */
async function show(ask) {
  turn += 1;
  const mine = turn;
  const salesforce = await ask();
  const tasks = salesforce ? await openTasks(salesforce) : [];
  if (mine !== turn) return undefined;
  signIn.hidden = salesforce !== null;
  add.hidden = salesforce === null;
  list.replaceChildren(...tasks.map((task) => row(salesforce, task)));
  return salesforce ? `Open tasks of ${salesforce.currentUser.Name}: ${tasks.length}` : 'Nobody is signed in';
}

function openTasks(salesforce) {
  const statement = soql`
    SELECT Id, Subject, ActivityDate FROM Task
    WHERE OwnerId = ${salesforce.currentUser.Id} AND IsClosed = false ORDER BY CreatedDate DESC, Id LIMIT 20
  `;
  return query(salesforce, statement).toArray();
}

function row(salesforce, { Id, Subject, ActivityDate }) {
  const item = document.createElement('li');
  const text = item.appendChild(document.createElement('span'));
  text.textContent = [Subject, ActivityDate].filter(Boolean).join(', ');
  const done = item.appendChild(Object.assign(document.createElement('button'), { textContent: 'Done' }));
  done.setAttribute('aria-label', `Done: ${text.textContent}`);
  done.addEventListener('click', () =>
    attempt(async () => {
      done.disabled = true;
      await record(salesforce, 'Task', Id)
        .update({ Status: 'Completed' })
        .finally(() => {
          done.disabled = false;
        });
      item.remove();
      return `Done: ${text.textContent}`;
    }),
  );
  return item;
}

// A person asks for it: the desktop's sign-in window opens, if nobody has signed in yet.
signIn.addEventListener('click', () => attempt(() => show(connect)));

add.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(async () => {
    const Subject = new FormData(add).get('subject');
    await record(await connect(), 'Task').create({ Subject });
    add.reset();
    return show(getConnection);
  });
});

// Tells the present state at once, then every change: another app has signed in, somebody has signed out.
onStateChange(() => attempt(() => show(getConnection)));
// null if nobody is signed in: a page that opens by itself asks nobody for a password.
attempt(() => show(getConnection));
