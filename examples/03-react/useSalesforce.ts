import { useCallback, useEffect, useRef, useState } from 'react';
import { connect, getConnection, onStateChange, type SalesforceConnection } from 'salesforce-interop-client';

export interface Salesforce {
  /** `undefined` until it is known, `null` where somebody would have to sign in. */
  connection: SalesforceConnection | null | undefined;
  /** Why the last try came to nothing: a sentence for the person. */
  error: string | undefined;
  /** Signs in; for a button, as a person has to ask for it. */
  signIn: () => Promise<void>;
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The desktop's connection to Salesforce, as it comes and goes: signed in by any app, signed out by any app. */
export function useSalesforce(): Salesforce {
  const [{ connection, error }, settle] = useState<Omit<Salesforce, 'signIn'>>({
    connection: undefined,
    error: undefined,
  });
  // Only the last answer counts: an earlier one may come later.
  const turn = useRef(0);

  const take = useCallback(async (ask: () => Promise<SalesforceConnection | null>) => {
    turn.current += 1;
    const mine = turn.current;
    const settled = await ask().then(
      (found) => ({ connection: found, error: undefined }),
      (reason: unknown) => ({ connection: null, error: sentence(reason) }),
    );
    if (mine === turn.current) settle(settled);
  }, []);

  useEffect(() => {
    const stop = onStateChange(({ state }) => {
      // What one person saw is gone at once, and not only when the provider has answered.
      if (state !== 'signedIn') settle({ connection: null, error: undefined });
      void take(getConnection);
    });
    void take(getConnection);
    return () => {
      turn.current += 1;
      stop();
    };
  }, [take]);

  return { connection, error, signIn: () => take(connect) };
}
