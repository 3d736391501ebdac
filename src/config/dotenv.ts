// Reads the text of a `.env` file as Laravel reads it: `KEY = value`, comments, `export`, single quotes (as written),
// double quotes (escapes and `${OTHER}`), bare values (`${OTHER}` only). Node's own `util.parseEnv` is not used: it does
// not tell quotes apart (so nothing can be expanded), knows no `\"`, keeps a byte order mark in the first name, gives no
// line numbers, and in Node 20 joins a line that it cannot read to the next one's name.

export interface DotenvEntry {
  readonly key: string
  readonly value: string
  /** The line of the key, from 1. */
  readonly line: number
}

/** Where a file stops making sense; the line's text is left out, since it may be a secret. */
export interface DotenvProblem {
  readonly problemLine: number
}

const emptyLine = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y
const entryLine =
  /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*(=)?[^\S\n]*(?:"((?:\\[^]|[^"\\])*)"|'([^']*)'|(?![^\S\n]*["'])([^#\n]*))[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

type LookUp = (name: string) => string | undefined

/**
 * The entries; of two with one key, the last.
 *
 * @param meaningOf What `${NAME}` stands for, given the value that the file has set for that name so far.
 */
export function parseDotenv(
  text: string,
  meaningOf: (name: string, value: string | undefined) => string | undefined,
): readonly DotenvEntry[] | DotenvProblem {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const entries = new Map<string, DotenvEntry>()
  const lookUp: LookUp = (name) => meaningOf(name, entries.get(name)?.value)
  let line = 1
  for (let offset = 0; offset < source.length;) {
    const match = matchAt(emptyLine, source, offset) ?? matchAt(entryLine, source, offset)
    if (match === undefined) return { problemLine: line }
    const [whole, key, equals, double, single, bare = ''] = match
    const value = double === undefined ? (single ?? expand(bare.trimEnd(), lookUp)) : unescape(double, lookUp)
    if (equals === undefined && value !== '') return { problemLine: line }
    if (key !== undefined && equals !== undefined) entries.set(key, { key, value, line })
    offset += whole.length
    line += whole.split('\n').length - 1
  }
  return [...entries.values()]
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text) ?? undefined
}

/** `${NAME}` where the name is known; the rest stays as it is written. */
function expand(text: string, lookUp: LookUp): string {
  return text.replace(/\$\{([\w.]+)\}/g, (written, name: string) => lookUp(name) ?? written)
}

function unescape(text: string, lookUp: LookUp): string {
  return text.replace(/\\([nrt"\\$])|\$\{([\w.]+)\}/g, (written, escaped?: string, name?: string) =>
    escaped === undefined ? (lookUp(name ?? '') ?? written) : (escapes[escaped] ?? escaped),
  )
}
