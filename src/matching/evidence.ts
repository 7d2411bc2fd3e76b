/** Why a record may be the one that is meant, or not. Texts are for a person. */
export interface Evidence {
  agrees: string[];
  differs: string[];
  /** More is better. Says nothing by itself, but puts candidates into an order. */
  score: number;
  /**
   * How sure it is by itself: by the record's id, by something that belongs to one record only (e-mail, an identifier),
   * by its name, or not at all.
   */
  sureBy: 'id' | 'own' | 'name' | undefined;
  /** Whether the name is the same too. */
  hasSameName: boolean;
  /** Whether something agrees that belongs to one record only, whatever differs. */
  hasOwn: boolean;
}

/** Something found, and what speaks for and against it. */
export interface Candidate<Row> {
  row: Row;
  evidence: Evidence;
}

/** What was found for a context. */
export interface Finding<Row> {
  /** The one that may be opened without asking anybody. */
  beyondDoubt: Row | undefined;
  /** All, the likeliest first. */
  candidates: Candidate<Row>[];
  /** Whether the org may know more than these. */
  hasMore: boolean;
}

const ranks = ['id', 'own', 'name'] as const;

interface DecideOptions<Row> {
  /** Whether all records of that name are among the candidates. */
  isNameWhole: boolean;
  hasMore: boolean;
  /** Of several that are equally sure, one of these is preferred to others. */
  isPreferred?: (row: Row) => boolean;
}

/**
 * Decides whether one of the candidates is beyond doubt: the surest kind of evidence counts, and then there must be
 * only one that has it.
 */
export function decide<Row>(
  given: readonly Candidate<Row>[],
  { isNameWhole, hasMore, isPreferred = () => true }: DecideOptions<Row>,
): Finding<Row> {
  const candidates = [...given].sort((one, other) => other.evidence.score - one.evidence.score);
  const finding = { candidates, hasMore, beyondDoubt: undefined };
  for (const rank of ranks) {
    const all = candidates.filter(({ evidence }) => evidence.sureBy === rank);
    if (all.length === 0) continue;
    const preferred = all.filter(({ row }) => isPreferred(row));
    const sure = preferred.length > 0 ? preferred : all;
    const named = sure.filter(({ evidence }) => evidence.hasSameName);
    const only = sure.length === 1 ? sure[0] : named.length === 1 ? named[0] : undefined;
    // A name alone is doubtful where there may be more of it, or where an identifier says that another is meant.
    const isDoubtful = rank === 'name' && (!isNameWhole || candidates.some(({ evidence }) => evidence.hasOwn));
    return { ...finding, beyondDoubt: isDoubtful ? undefined : only?.row };
  }
  return finding;
}

/** Collects what agrees and what differs. */
export class Weighing {
  readonly agrees: string[] = [];
  readonly differs: string[] = [];
  score = 0;

  agree(weight: number, text: string): void {
    this.score += weight;
    this.agrees.push(text);
  }

  differ(weight: number, text: string): void {
    this.score -= weight;
    this.differs.push(text);
  }
}
