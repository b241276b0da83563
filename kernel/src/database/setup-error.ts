/** Why a database could not be made ready. */
export type SetupCode =
  | 'embedded.UNSUPPORTED_PLATFORM'
  | 'embedded.BINARIES_MISSING'
  | 'embedded.BINARIES_UNUSABLE'
  | 'embedded.ALREADY_RUNNING'
  | 'embedded.NOT_OWNER'
  | 'embedded.UNSAFE_SOCKET_DIR'
  | 'embedded.WRONG_VERSION'
  | 'embedded.START_FAILED';

/** A failure while the embedded database is started or stopped. It speaks to the operator and never reaches a client. */
export class SetupError extends Error {
  constructor(
    readonly code: SetupCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
    this.name = 'SetupError';
  }
}
