/** How well something is kept up to date, as a subscription of the client says it. */
type LiveState = 'live' | 'delayed' | 'paused' | 'signedOut';

/** How fresh what is shown is. */
export interface Freshness {
  /** The worst of all; undefined until all are known. */
  state: LiveState | undefined;
  /** Why it is not better; while none is known, what is waited for. */
  message: string | undefined;
  /** The oldest of all. */
  asOf: Date | undefined;
}

interface Watched {
  readonly state: LiveState | undefined;
  readonly asOf: Date | undefined;
  end(): void;
}

const worstFirst: readonly (LiveState | undefined)[] = ['signedOut', 'paused', 'delayed', undefined, 'live'];

/** The subscriptions of one view of a page, which begin and end together. */
export class LiveView {
  readonly #all = new Map<Watched, { message: string | undefined }>();

  /**
   * Adds a subscription, unless the view has ended.
   *
   * @param begin subscribes with the listener that it is given
   * @param listener gets all of its events
   */
  watch<Event extends { readonly kind: string }>(
    begin: (listener: (event: Event) => void) => Watched,
    listener: (event: Event) => void,
  ): void {
    const said: { message: string | undefined } = { message: undefined };
    const watched = begin((event) => {
      if (event.kind === 'state') said.message = (event as { message?: string }).message;
      if (event.kind === 'end') this.#all.delete(watched);
      listener(event);
    });
    this.#all.set(watched, said);
  }

  get freshness(): Freshness {
    const all = [...this.#all.keys()];
    const worst = worstFirst.find((state) => all.some((watched) => watched.state === state));
    const of = all.find(({ state }) => state === worst);
    const times = all.flatMap(({ asOf }) => (asOf ? [asOf.getTime()] : []));
    return {
      state: worst,
      message: of && this.#all.get(of)?.message,
      asOf: times.length > 0 ? new Date(Math.min(...times)) : undefined,
    };
  }

  /** Nothing is told any more. */
  end(): void {
    for (const watched of this.#all.keys()) watched.end();
    this.#all.clear();
  }
}
