// The names of migrations: a file's name without its ending, ordered with numbers as numbers.

const ending = /(?:\.(?:up|down))?\.(?:ts|mts|js|mjs|cjs|sql)$/

/** The name by which the ledger knows a file, so that a build from `.ts` to `.js` changes nothing. */
export function migrationName(fileName: string): string {
  return fileName.replace(ending, '')
}

/** `999_a` before `1000_a`; where two names have equal numbers their texts decide. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []]
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareParts(part, other)
    if (order !== 0) return order
  }
  return left.length < right.length ? -1 : compareTexts(a, b)
}

function compareParts(a: string, b: string): number {
  return /^\d/.test(a) && /^\d/.test(b) ? compareNumbers(a, b) : compareTexts(a, b)
}

/** Numbers of any length, which a `Number` would round. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return left.length === right.length ? compareTexts(left, right) : left.length - right.length
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
