// The exit statuses, and which of them an error ends with. Scripts rely on these numbers: they never change meaning.

import { TidemarkError, type ErrorKind } from '../support/errors.js'

export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  pending: 3,
  drift: 4,
  findings: 5,
  locked: 6,
  refused: 7,
  undecided: 8,
  interrupted: 130,
} as const

const statusOfKind: Record<ErrorKind, number> = {
  failed: exitStatus.failed,
  usage: exitStatus.usage,
  locked: exitStatus.locked,
  refused: exitStatus.refused,
  undecided: exitStatus.undecided,
  interrupted: exitStatus.interrupted,
}

export function statusOf(error: unknown): number {
  return error instanceof TidemarkError ? statusOfKind[error.kind] : exitStatus.failed
}
