/** One break of one rule. */
export interface Problem {
  /** The rule's name, as in .dependency-cruiser.cjs or the check that found it. */
  readonly rule: string;
  /** Where, relative to the root; with a line number if one is known. */
  readonly at: string;
  /** What is wrong, or what the place must not reach. */
  readonly text: string;
}

/** The problem as one line for a person. */
export const showProblem = ({ rule, at, text }: Problem): string => `${rule}: ${at} ${text}`;
