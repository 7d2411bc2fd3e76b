import { useState } from 'react';
import { likeContains, soql, type SalesforceConnection } from 'salesforce-interop-client';
import { useQuery } from './useQuery.ts';
import { useSalesforce } from './useSalesforce.ts';

interface Account {
  Id: string;
  Name: string;
  Industry: string | null;
}

export function Accounts() {
  const { connection, error, signIn } = useSalesforce();
  return (
    <>
      <h1>Accounts</h1>
      {connection ? (
        <Search connection={connection} />
      ) : (
        <>
          <p role="status">{error ?? (connection === undefined ? 'One moment …' : 'Nobody is signed in')}</p>
          {connection === null && <button onClick={() => void signIn()}>Sign in</button>}
        </>
      )}
    </>
  );
}

function Search({ connection }: { connection: SalesforceConnection }) {
  const [name, setName] = useState('');
  const { records, isLoading, error } = useQuery<Account>(
    connection,
    name.length < 2
      ? undefined
      : soql`SELECT Id, Name, Industry FROM Account WHERE Name LIKE ${likeContains(name)} ORDER BY Name LIMIT 20`,
  );
  const found = name.length < 2 ? 'Two letters or more' : `${records.length} found`;
  return (
    <>
      <label>
        Name <input type="search" autoComplete="off" value={name} onChange={({ target }) => setName(target.value)} />
      </label>
      <p role="status">{error ?? (isLoading ? 'One moment …' : found)}</p>
      <ul>
        {records.map(({ Id, Name, Industry }) => (
          <li key={Id}>{[Name, Industry].filter(Boolean).join(', ')}</li>
        ))}
      </ul>
    </>
  );
}
