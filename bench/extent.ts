/** How much is measured. */
export interface Extent {
  latencies: readonly number[];
  rounds: number;
  warmUpRounds: number;
  /** Rounds of the works that take seconds each. */
  largeRounds: number;
  /** Hours of the working day. */
  hours: number;
  /** `ViewContact` intents, and the people whom they are about. */
  intents: number;
  people: number;
  /** Apps that are connected at a time, for the memory that they cost. */
  connectedApps: number;
}

export const inFull: Extent = {
  ...{ latencies: [0, 20, 80], rounds: 15, warmUpRounds: 1, largeRounds: 5 },
  ...{ hours: 8, intents: 500, people: 100, connectedApps: 100 },
};

/** To see that it runs, not for numbers. */
export const inShort: Extent = {
  ...{ latencies: [0, 20], rounds: 3, warmUpRounds: 1, largeRounds: 1 },
  ...{ hours: 3, intents: 40, people: 8, connectedApps: 10 },
};
