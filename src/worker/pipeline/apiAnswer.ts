import type { LaneAnswerBody } from '../../channel/laneBodies.ts';
import type { Served } from '../../channel/orgRequests.ts';
import type { Failure } from '../../outcomes/failure.ts';

/** A good answer of the org. Several callers may get it: its bytes are copied before they are transferred. */
export interface ApiAnswer {
  status: number;
  /** Content type of the body. */
  type?: string;
  body?: LaneAnswerBody;
  /** Where it came from. */
  served?: Served;
  /** The failure that the answer is if its body turns out not to be JSON, which nobody has parsed yet. */
  unreadable?: Failure;
}
