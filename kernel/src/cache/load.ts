/** The source said something about who asked, not about what was asked. */
const TOO_MANY = 429;

/** True for what a source answers as expected, such as "not found": that is no failure which an old value may hide. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500 &&
  error.status !== TOO_MANY;

/** The result of `work`, unless it takes longer than `ms`: then an error that names `what`. */
export async function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms to load`)), ms);
  });
  try {
    return await Promise.race([work, slow]);
  } finally {
    clearTimeout(timer);
  }
}
