/** A failure that the reader can act on; shown without a stack. */
export class SandboxError extends Error {
  /** Exit code of the command. */
  readonly code: number;

  constructor(
    message: string,
    options: { cause?: unknown; code?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SandboxError';
    this.code = options.code ?? 1;
  }
}

/** The command was interrupted; nothing is wrong. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
