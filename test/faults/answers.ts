import type { Answer } from '../journeys/person.js';

/** What is taken away in a round. */
export type Kill = 'server' | 'database' | 'both';

/** One answer of the platform, or none when the connection broke first. */
export interface Heard {
  readonly what: string;
  readonly answer: Answer<{ code?: string } | undefined> | undefined;
  /** The request was sent before, under the same key. */
  readonly again: boolean;
}

/** What a repeated request may be refused with: its first try still counts as running, or has decided the matter. */
const REFUSED_AGAIN: Readonly<Record<string, readonly string[]>> = {
  checkout: ['http.IN_PROGRESS'],
  ask: ['http.IN_PROGRESS'],
  decision: ['http.IN_PROGRESS', 'family.BAD_STATE'],
};

/** Why an answer must not have come in a round in which this was killed; null when it may. */
export function whyUnexpected({ what, answer, again }: Heard, kill: Kill): string | null {
  if (answer === undefined) return kill === 'database' ? 'no answer, though the server was not killed' : null;
  const { status, body } = answer;
  const code = body?.code;
  if (status < 400) return null;
  if (status === 503) {
    if (code === undefined) return '503 without a code';
    return kill === 'server' ? '503, though nothing it needs was killed' : null;
  }
  if (status === 409 && again && code !== undefined && REFUSED_AGAIN[what]?.includes(code)) return null;
  return 'not an answer this request may get';
}

/** Counts every answer, and keeps those that must not have come. */
export class Answers {
  kill: Kill = 'server';
  readonly #counts = new Map<string, number>();
  #unexpected: string[] = [];

  hear(heard: Heard): void {
    const { what, answer, again } = heard;
    const said = answer === undefined ? 'none' : [answer.status, answer.body?.code].filter(Boolean).join(' ');
    const line = `${what}${again ? ' again' : ''}: ${said}`;
    this.#counts.set(line, (this.#counts.get(line) ?? 0) + 1);
    const why = whyUnexpected(heard, this.kill);
    if (why !== null) this.#unexpected.push(`${line} (${why})`);
  }

  /** What was unexpected since the last call. */
  takeUnexpected(): string[] {
    const taken = this.#unexpected;
    this.#unexpected = [];
    return taken;
  }

  /** How often each answer came, in the order of the alphabet. */
  table(): string[] {
    return [...this.#counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([line, count]) => `${line} × ${count}`);
  }
}
