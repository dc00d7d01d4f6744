import { type Logger, pino } from 'pino';

/** JSON lines on standard output; silent where nobody reads them. */
export function createLogger(
  name: string,
  options: { readonly isSilent?: boolean; readonly base?: Readonly<Record<string, string>> } = {},
): Logger {
  const { isSilent = false, base } = options;
  return pino({ name, ...(isSilent ? { level: 'silent' } : {}), ...(base === undefined ? {} : { base }) });
}
