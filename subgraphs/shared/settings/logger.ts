import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };
export type LogDestination = DestinationStream;

/**
 * The process's logger. Personal data never goes into a log line: messages are fixed texts, and fields are limited to
 * ids of requests, names of subgraphs and codes. Redaction is the second net.
 */
export function createLogger(process: string, level: string, to?: LogDestination): Logger {
  const options = {
    level,
    base: { process },
    redact: {
      paths: ['req.headers', 'headers', 'token', 'variables', '*.variables', '*.token', '*.authorization'],
      censor: '[hidden]',
    },
  };
  return to ? pino(options, to) : pino(options);
}

/** @returns what of an error may be logged: its class, its code and the place it came from, never its message's data. */
export function loggable(error: unknown): {
  readonly name: string;
  readonly code?: string | number;
  readonly at?: string;
} {
  if (!(error instanceof Error)) return { name: typeof error };
  const given = 'code' in error ? error.code : undefined;
  const code = typeof given === 'string' || typeof given === 'number' ? given : undefined;
  const at = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return { name: error.name, ...(code !== undefined && { code }), ...(at && { at }) };
}
