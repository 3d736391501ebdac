// Prints what went wrong: what happened, where, why, and what to do next. A stack trace is for errors that are not
// the user's, and for whoever asks with -v.

import { relative } from 'node:path'
import { TidemarkError, messageOf } from '../../support/errors.js'
import { hanging } from './layout.js'
import type { Terminal } from './terminal.js'

const mostSqlLines = 12
/** A line of SQL may be as long as the value in it. */
const mostSqlLetters = 1000
/** Where the text of each fact begins. */
const textColumn = 9

/** The facts of an error, for `--json`. */
export function errorDocument(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof TidemarkError))
    return { code: 'TM_UNEXPECTED', message: messageOf(error), remedy: reportIt }
  const { code, message, remedy, place, details, cause } = error
  return { code, message, remedy, place, details, ...(cause !== undefined && { cause: messageOf(cause) }) }
}

export function printError(terminal: Terminal, error: unknown, isVerbose: boolean): void {
  terminal.endLine()
  if (error instanceof TidemarkError) printKnown(terminal, error, isVerbose)
  else printUnexpected(terminal, error)
}

const reportIt = 'This is a fault in Tidemark. Please report it with the text above and what you ran.'

function printKnown(terminal: Terminal, error: TidemarkError, isVerbose: boolean): void {
  const facts: [string, string][] = [
    ['where', whereOf(error)],
    ['sql', sqlOf(error)],
    ['why', whyOf(error)],
    ['next', error.remedy],
    ['code', error.code],
  ]
  terminal.line()
  terminal.line(`  ${terminal.style('red', 'Error')}  ${hanging(terminal, error.message, textColumn)}`)
  terminal.line()
  for (const [label, text] of facts) {
    if (text === '') continue
    terminal.line(`  ${terminal.style('dim', label.padEnd(5))}  ${hanging(terminal, text, textColumn)}`)
  }
  if (isVerbose) printStacks(terminal, error)
  terminal.line()
}

function printUnexpected(terminal: Terminal, error: unknown): void {
  terminal.line()
  terminal.line(`  ${terminal.style('red', 'Unexpected error')}`)
  if (error instanceof Error) printStacks(terminal, error)
  else terminal.line(`  ${messageOf(error)}`)
  terminal.line()
  terminal.line(`  ${reportIt}`)
  terminal.line()
}

function whereOf({ place }: TidemarkError): string {
  const file = place.file === undefined ? undefined : shortPath(place.file)
  const position = [file, place.line, place.line === undefined ? undefined : place.column]
  return position.filter((part) => part !== undefined).join(':')
}

/** Relative to the working directory where the file is below it, as editors and terminals take it. */
function shortPath(file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') || path === '' ? file : path
}

function sqlOf({ place }: TidemarkError): string {
  if (place.sql === undefined) return ''
  const lines = place.sql
    .trim()
    .split('\n', mostSqlLines + 1)
    .map(shortened)
  const shown = lines.length <= mostSqlLines ? lines : [...lines.slice(0, mostSqlLines), '…']
  return place.statement === undefined
    ? shown.join('\n')
    : `${shown.join('\n')}  (statement ${place.statement})`
}

function shortened(line: string): string {
  return line.length > mostSqlLetters ? `${line.slice(0, mostSqlLetters)}…` : line
}

/** The messages of what caused the error, from the outside in, without those that the message already holds. */
function whyOf(error: TidemarkError): string {
  const reasons: string[] = []
  let said = error.message
  for (
    let cause = error.cause;
    cause !== undefined;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    const reason = messageOf(cause)
    if (!said.includes(reason)) reasons.push(reason)
    said += reason
  }
  return reasons.join('\n')
}

function printStacks(terminal: Terminal, error: unknown): void {
  for (let thrown = error; thrown instanceof Error; thrown = thrown.cause) {
    terminal.line()
    terminal.line(terminal.style('dim', thrown.stack ?? thrown.message))
  }
}
