import type OpenFin from '@openfin/core';
import { parseOr } from '../context.ts';
import { z } from '../../zod.ts';
import type { BrokerConstructor } from './brokerParts.ts';

const membership = z.looseObject({ target: z.looseObject({ uuid: z.string(), name: z.string() }).nullish() });

/**
 * Lets a client join and leave user channels for itself only. core-web's broker moves whichever client a request names
 * as its `target`, whoever asks; FDC3 has no such request (2.2, `joinUserChannel`: "the app").
 */
export function withMembership(Base: BrokerConstructor) {
  const refuseForOthers = (payload: unknown, { uuid, name }: OpenFin.ClientIdentity): void => {
    const { target } = parseOr(membership, payload ?? {}, 'AccessDenied');
    if (target && (target.uuid !== uuid || target.name !== name)) throw new Error('AccessDenied');
  };

  return class extends Base {
    override async joinContextGroup(
      payload: { contextGroupId: string; target?: OpenFin.Identity | OpenFin.ClientIdentity },
      identity: OpenFin.ClientIdentity,
    ): Promise<void> {
      refuseForOthers(payload, identity);
      return super.joinContextGroup({ contextGroupId: payload.contextGroupId }, identity);
    }

    override async removeFromContextGroup(
      payload: { target: OpenFin.Identity },
      identity: OpenFin.ClientIdentity,
    ): Promise<void> {
      refuseForOthers(payload, identity);
      return this.removeClientFromContextGroup(identity);
    }
  };
}
