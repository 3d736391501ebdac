// The one base of every error that Tidemark throws on purpose. A subclass belongs to the folder that throws it
// (its errors.ts); callers test `code` and `details`, never the text.

/** What kind of trouble an error is: the command line turns it into an exit status, an application may branch on it. */
export type ErrorKind =
  /** Something that was tried did not work. */
  | 'failed'
  /** The command line or the configuration is wrong; nothing was tried. */
  | 'usage'
  /** The lock was not had in time. */
  | 'locked'
  /** Refused for safety, for instance in production without `--force`. */
  | 'refused'
  /** A half-applied migration needs somebody's decision. */
  | 'undecided'
  /** Stopped by Ctrl-C or SIGTERM. */
  | 'interrupted'

/** Where in the user's files or SQL something went wrong. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The SQL that was running. Values are never part of it: they are bound. */
  readonly sql?: string
  /** The position of that statement among those of the migration or string, from 1. */
  readonly statement?: number
}

export interface ErrorOptions {
  /** `TM_` and the reason, stable across releases. */
  readonly code: `TM_${string}`
  readonly kind?: ErrorKind
  /** What happened, to which thing, given against allowed. One or two sentences. */
  readonly message: string
  /** What to do next: the exact command or corrected code, with the user's own names. */
  readonly remedy: string
  readonly place?: ErrorPlace
  /** The facts of the message as fields. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * The base class of Tidemark's errors.
 *
 * @example
 * try {
 *   await tidemark.migrate()
 * } catch (error) {
 *   if (error instanceof TidemarkError && error.code === 'TM_DATABASE_LOCKED') retryLater(error.remedy)
 *   else throw error
 * }
 */
export class TidemarkError extends Error {
  override readonly name: string = 'TidemarkError'
  readonly code: `TM_${string}`
  readonly kind: ErrorKind
  readonly remedy: string
  readonly place: ErrorPlace
  readonly details: Readonly<Record<string, unknown>>

  constructor(options: ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.kind = options.kind ?? 'failed'
    this.remedy = options.remedy
    this.place = options.place ?? {}
    this.details = options.details ?? {}
  }
}

/** A file of the project could not be loaded. */
export class ModuleError extends TidemarkError {
  override readonly name = 'ModuleError'
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
