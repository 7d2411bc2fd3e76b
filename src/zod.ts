/**
 * zod as all of `src/` uses it. By default zod tries `new Function` for speed, which the Content Security Policies of
 * pages and worker block and report. It has to be turned off before the first schema is made.
 */
import { config, z } from 'zod';

config({ jitless: true });

export { z };
