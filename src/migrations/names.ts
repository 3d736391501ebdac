// The names of migrations: a file's name without its ending, ordered with numbers as numbers.

import { groupBy } from '../support/group-by.js'

const ending = /(?:\.(?:up|down))?\.(?:ts|mts|js|mjs|cjs|sql)$/

/** The name by which the ledger knows a file, so that a build from `.ts` to `.js` changes nothing. */
export function migrationName(fileName: string): string {
  return fileName.replace(ending, '')
}

/** `2025_03_05_120000_` */
export const timestampPrefix = /^\d{4}_\d{2}_\d{2}_\d{6}_/
const sequentialPrefix = /^(\d+)_/

/** The number that a name begins with; undefined for none, and for a timestamp, which is no such number. */
export function numberPrefixOf(name: string): string | undefined {
  return timestampPrefix.test(name) ? undefined : sequentialPrefix.exec(name)?.[1]
}

/** What a name says beside its number or timestamp. */
export function titleOf(name: string): string {
  return name.replace(timestampPrefix.test(name) ? timestampPrefix : sequentialPrefix, '')
}

/** Migrations of one number, as branches make them that are merged: their order is that of the whole names. */
export function namesByNumber(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return sharing(names, plainNumberOf)
}

/** The same of what is a number to their names, be that one or a timestamp: `number 7`, `timestamp 2025_03_05_120000`. */
export function namesByPrefix(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return sharing(names, (name) => {
    const number = plainNumberOf(name)
    const timestamp = timestampPrefix.exec(name)?.[0].slice(0, -1)
    return number === undefined ? timestamp && `timestamp ${timestamp}` : `number ${number}`
  })
}

function plainNumberOf(name: string): string | undefined {
  return numberPrefixOf(name)?.replace(/^0+(?=\d)/, '')
}

/** The names that are not alone with what `keyOf` says of them. */
function sharing(
  names: readonly string[],
  keyOf: (name: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = groupBy(names, keyOf)
  return new Map(
    [...groups].flatMap(([key, those]) => (key === undefined || those.length < 2 ? [] : [[key, those]])),
  )
}

/** The migration that a user means, who may write the path of its file. */
export function nameGiven(text: string): string {
  return migrationName(text.replace(/^.*[/\\]/, ''))
}

/** `999_a` before `1000_a`; where two names have equal numbers their texts decide. */
export function compareNames(a: string, b: string): number {
  const difference = firstDifference(a, b)
  const start = startOfNumber(a, difference)
  const [left, right] = [numberAt(a, start), numberAt(b, start)]
  if (left === '' || right === '') return compareTexts(a, b)
  return compareNumbers(left, right) || compareRests(a.slice(start), b.slice(start)) || compareTexts(a, b)
}

function firstDifference(a: string, b: string): number {
  let index = 0
  while (index < a.length && a[index] === b[index]) index += 1
  return index
}

/** Where the number begins that the character before `index` belongs to; `index` where it belongs to none. */
function startOfNumber(text: string, index: number): number {
  let start = index
  while (start > 0 && isDigit(text.charCodeAt(start - 1))) start -= 1
  return start
}

function numberAt(text: string, start: number): string {
  let end = start
  while (isDigit(text.charCodeAt(end))) end += 1
  return text.slice(start, end)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Numbers of any length, which a `Number` would round. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return left.length - right.length || compareTexts(left, right)
}

/** What follows two numbers that are equal, though written with more zeros or fewer. */
function compareRests(a: string, b: string): number {
  return compareNames(a.replace(/^\d+/, ''), b.replace(/^\d+/, ''))
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
