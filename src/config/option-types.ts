// The types of values that an option can have: how a value is read, from the config file (typed) or from the
// environment (always text), and what a message says is allowed.

import { limitForms, parseDuration, waitForms } from '../support/duration.js'

export interface ValueType<T> {
  /** Ends the sentence "allowed: …". */
  readonly allowed: string
  /** The words that are allowed, where it is some words. */
  readonly words?: readonly string[]
  /** The value, or undefined for one that cannot be right. */
  read(given: unknown): T | undefined
}

/** A NUL is in no text: neither servers nor the environments of programs take one. */
export const text: ValueType<string> = {
  allowed: 'text',
  read: (given) => (typeof given === 'string' && !given.includes('\0') ? given : undefined),
}

/** The name of a character set or collation. */
export const word: ValueType<string> = {
  allowed: 'letters, digits, hyphens and underscores',
  read: (given) => (typeof given === 'string' && /^[\w-]+$/.test(given) ? given : undefined),
}

export const texts: ValueType<readonly string[]> = {
  allowed: 'text, or a list of texts',
  read(given) {
    const list: readonly unknown[] = Array.isArray(given) ? given : [given]
    const read = list.filter((item): item is string => typeof item === 'string' && item !== '')
    return read.length === list.length && read.length > 0 ? read : undefined
  },
}

export const port: ValueType<number> = {
  allowed: 'a whole number from 1 to 65535',
  read(given) {
    const number = typeof given === 'string' && /^\d+$/.test(given.trim()) ? Number(given) : given
    return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65_535
      ? number
      : undefined
  },
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  1: true,
  false: false,
  off: false,
  no: false,
  0: false,
}

export const flag: ValueType<boolean> = {
  allowed: 'true or false (also on, off, yes, no, 1, 0)',
  read: (given) => (typeof given === 'boolean' ? given : truths[String(given).trim().toLowerCase()]),
}

/** A time after which something is given up. */
export const timeLimit: ValueType<number> = { allowed: limitForms, read: parseDuration }

/** A time that something is waited for. */
export const waitingTime: ValueType<number> = { allowed: waitForms, read: parseDuration }

/** A part of the configuration, with options of its own. */
export const section: ValueType<Readonly<Record<string, unknown>>> = {
  allowed: 'an object',
  // Proof: an object that is neither null nor a list is read by its keys.
  read: (given) =>
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? (given as Readonly<Record<string, unknown>>)
      : undefined,
}

/** A name that can be the end of a file's name. */
export const environmentName: ValueType<string> = {
  allowed: 'letters, digits, dots, hyphens and underscores',
  read: (given) => (typeof given === 'string' && /^[\w.-]+$/.test(given) ? given : undefined),
}

/** One of some words; each may have other spellings. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  otherSpellings: Readonly<Record<string, Word>> = {},
): ValueType<Word> {
  return {
    allowed: words.join(', '),
    words,
    read: (given) =>
      words.find((word) => word === given) ??
      (typeof given === 'string' && Object.hasOwn(otherSpellings, given) ? otherSpellings[given] : undefined),
  }
}
