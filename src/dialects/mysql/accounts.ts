// The accounts and roles that a statement of MySQL or MariaDB names.

/** `'ada'@'%'`. Without a host it is a role, or an account from anywhere. */
export interface Account {
  readonly user: string
  readonly host: string | undefined
}

const optionalWords: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS'])

/**
 * The accounts after the word at `index`, and after each comma and `TO` behind it. There may be others among them, such as the
 * roles in a list of those.
 *
 * @returns undefined where one of them is not said by its name
 */
export function accountsAfter(words: readonly string[], index: number): readonly Account[] | undefined {
  const starts = words.flatMap((word, at) => (at > index && /^(?:,|to)$/i.test(word) ? [at] : []))
  const accounts = [index, ...starts].map((at) => accountAfter(words, at))
  return accounts.every((account) => account !== undefined) ? accounts : undefined
}

function accountAfter(words: readonly string[], index: number): Account | undefined {
  let start = index + 1
  while (optionalWords.has((words[start] ?? '').toUpperCase())) start += 1
  const user = nameOf(words[start])
  if (user === undefined || isCurrent.test(words[start] ?? '') || words[start + 1] === '(') return undefined
  if (words[start + 1] !== '@') return { user, host: undefined }
  const host = nameOf(hostAt(words, start + 2))
  return host === undefined ? undefined : { user, host: host.toLowerCase() }
}

/** `127.0.0.1` without quotes is several words. */
function hostAt(words: readonly string[], start: number): string {
  let host = words[start] ?? ''
  for (const word of words.slice(start + 1)) {
    if (!/^[\w.$]+$/.test(word) || !(word.startsWith('.') || host.endsWith('.'))) break
    host += word
  }
  return host
}

const isCurrent = /^(?:current_user|current_role)$/i

function nameOf(word = ''): string | undefined {
  const quote = word.charAt(0)
  if (!/["'`]/.test(quote)) return /^[\w.$]+$/.test(word) ? word : undefined
  // What a backslash says in it depends on the session.
  return word.includes('\\') ? undefined : word.slice(1, -1).replaceAll(quote + quote, quote)
}
