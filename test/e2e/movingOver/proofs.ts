import { sessions } from './proofs/sessions.ts';
import { signingIn } from './proofs/signingIn.ts';
import { surroundings } from './proofs/surroundings.ts';

/** What differs besides single calls, by the row of `docs/moving-over.md` that tells it. */
export const proofs = [...signingIn, ...sessions, ...surroundings] as const;
