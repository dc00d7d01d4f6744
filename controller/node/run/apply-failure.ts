/** Why a payload could not be applied, in words for the report: one sentence, then what the program itself said. */
export class ApplyFailure extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ApplyFailure';
  }
}

/** The text of any error, for a report. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
