import { answers } from './calls/answers.ts';
import { bodies } from './calls/bodies.ts';
import { headers } from './calls/headers.ts';
import { methods } from './calls/methods.ts';
import { paths } from './calls/paths.ts';

/** Calls of `executeApiRequest` that are made with both packages, by what is special about them. */
export const calls = { paths, methods, bodies, headers, answers } as const;
