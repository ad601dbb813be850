import pino from 'pino';

/**
 * What a log line may hold. There is no field for free text: people's words, names, numbers and places cannot be
 * logged, whatever goes wrong (DESIGN 4; ASVS 16.2.5).
 */
export interface LogFields {
  incident?: string;
  verb?: string;
  notice?: string;
  target?: string;
  outcome?: string;
  status?: number;
  count?: number;
  port?: number;
  ms?: number;
  /** Said to the user too, so that a call to support finds the line. */
  errorId?: string;
  /** Class of an error and where it was thrown, without its message, which may quote input. */
  error?: { name: string; at: string[] };
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines on stdout. */
export function createLog(): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}

/**
 * An error as it may be logged: its class and where it was thrown. Its message may quote what people wrote, so only
 * those are kept that are known to hold nothing of it: statuses, row keys, names of our own files.
 */
export function faultOf(error: unknown): NonNullable<LogFields['error']> {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const own = /^(Storage|CardError|KeyFileError|GraphError)/.test(error.name);
  return {
    name: own ? `${error.name}: ${error.message}` : error.name,
    at: frames.slice(0, 6).map((line) => line.trim().replace(/\(?file:.*\/bot\//, 'bot/')),
  };
}
