/**
 * zod as all of `src/` uses it. Left to itself it tries `new Function` for speed, which the pages' and the worker's
 * Content Security Policies refuse and report; that has to be said before the first schema is made.
 */
import { config, z } from 'zod';

config({ jitless: true });

export { z };
