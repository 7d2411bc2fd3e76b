import { jest } from '@jest/globals';
import { proveOnOneStage } from './proveOnOneStage.ts';
import { surroundings } from './proofs/surroundings.ts';

jest.setTimeout(60_000);

describe('with @openfin/salesforce 2.3.0 and with ours, differs as the guide says', () =>
  proveOnOneStage(surroundings));
