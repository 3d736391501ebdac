// What options there are to choose from when a command declares its own: each says how it is written, and turns what
// was given on the command line into the value that the command gets.

import { parseDuration, waitForms } from '../support/duration.js'
import { didYouMean } from '../support/nearest.js'
import { CommandLineError } from './errors.js'

/** One option of a command. `given` holds a text for each time it was written; `undefined` where no value followed. */
export interface Option<Value> {
  readonly summary: string
  /** What stands for the value in the help, `NAME`. An option without takes no value. */
  readonly value?: string
  /** The value may be left out, and is only taken after `=`. */
  readonly valueIsOptional?: boolean
  readonly isRepeatable?: boolean
  /** One letter, `v`. */
  readonly short?: string
  /** Other names that mean the same. */
  readonly aliases?: readonly string[]
  /** Accepted, but not shown in the help. */
  readonly isHidden?: boolean
  read(given: readonly (string | undefined)[], name: string): Value
}

type Extras = Pick<Option<unknown>, 'short' | 'aliases' | 'isHidden'>

/** `--force` */
export function flag(summary: string, extras: Extras = {}): Option<boolean> {
  return { summary, ...extras, read: (given) => given.length > 0 }
}

/** `--env=testing` */
export function text(value: string, summary: string, extras: Extras = {}): Option<string | undefined> {
  return { summary, value, ...extras, read: (given) => given.at(-1) }
}

/** `--dialect=pgsql`: one of some words, each of which may have other spellings. */
export function oneOf<const Word extends string>(
  value: string,
  summary: string,
  words: readonly Word[],
  otherSpellings: Readonly<Record<string, Word>> = {},
): Option<Word | undefined> {
  return {
    summary: `${summary} ${words.join(', ')}`,
    value,
    read(given, name) {
      const last = given.at(-1)
      if (last === undefined) return undefined
      const word = words.find((known) => known === last) ?? otherSpellings[last]
      if (word !== undefined) return word
      throw new CommandLineError({
        code: 'TM_BAD_FLAG_VALUE',
        message: `--${name} takes one of ${words.join(', ')}; given was "${last}".${didYouMean(last, words)}`,
        remedy: `Write for instance --${name}=${words[0]}.`,
        details: { option: name, given: last, allowed: words },
      })
    },
  }
}

/** `--path=a --path=b` */
export function list(value: string, summary: string, extras: Extras = {}): Option<readonly string[]> {
  return {
    summary,
    value,
    isRepeatable: true,
    ...extras,
    read: (given) => given.filter((text) => text !== undefined),
  }
}

/** `--step=3`: a whole number, 1 or more unless it may be less. */
export function count(value: string, summary: string, least = 1): Option<number | undefined> {
  return {
    summary,
    value,
    read: (given, name) => wholeNumber(given.at(-1), name, { least, most: Number.MAX_SAFE_INTEGER }),
  }
}

/** `--lock-wait=5m`: how long to wait, in milliseconds. */
export function waitingTime(value: string, summary: string): Option<number | undefined> {
  return {
    summary,
    value,
    read(given, name) {
      const last = given.at(-1)
      if (last === undefined) return undefined
      const ms = parseDuration(last)
      if (ms !== undefined) return ms
      throw new CommandLineError({
        code: 'TM_BAD_FLAG_VALUE',
        message: `--${name} takes a length of time, such as ${waitForms}; given was "${last}".`,
        remedy: `Write for instance --${name}=5m.`,
        details: { option: name, given: last },
      })
    },
  }
}

/** `--pending` or `--pending=9`: the exit status to end with, or `fallback` where none is written. */
export function status(summary: string, fallback: number): Option<number | undefined> {
  return {
    summary,
    value: 'STATUS',
    valueIsOptional: true,
    read: (given, name) =>
      given.length === 0 ? undefined : (wholeNumber(given.at(-1), name, { least: 0, most: 255 }) ?? fallback),
  }
}

/** An option that Laravel's command has and this release has not: refused, with the reason. */
export function notYet(reason: string): Option<undefined> {
  return {
    summary: reason,
    isHidden: true,
    value: 'VALUE',
    valueIsOptional: true,
    read(given, name) {
      if (given.length === 0) return undefined
      throw new CommandLineError({
        code: 'TM_FLAG_NOT_SUPPORTED',
        message: `--${name} cannot be used: ${reason}.`,
        remedy: `Leave --${name} out.`,
        details: { option: name },
      })
    },
  }
}

function wholeNumber(
  given: string | undefined,
  name: string,
  range: { readonly least: number; readonly most: number },
): number | undefined {
  if (given === undefined) return undefined
  const number = Number(given)
  if (/^\d+$/.test(given) && number >= range.least && number <= range.most) return number
  const allowed =
    range.most === Number.MAX_SAFE_INTEGER
      ? `of ${range.least} or more`
      : `from ${range.least} to ${range.most}`
  throw new CommandLineError({
    code: 'TM_BAD_FLAG_VALUE',
    message: `--${name} takes a whole number ${allowed}; given was "${given}".`,
    remedy: `Write for instance --${name}=${Math.max(range.least, 1)}.`,
    details: { option: name, given },
  })
}
