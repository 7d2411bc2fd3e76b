import { z } from '../zod.ts';

/** Members that more than one message has. */
export const identifier = z.string().min(1).max(200);
export const requestId = identifier.describe('chosen by the app; no other that is under way has it. `cancel` names it');
export const timeoutMs = z.number().int().positive().optional().describe('milliseconds after which it is given up');
