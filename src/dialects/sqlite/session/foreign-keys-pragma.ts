// `PRAGMA foreign_keys = OFF` as people write it above a rebuild of their own. SQLite ignores it inside a transaction,
// and the DROP TABLE that follows would then delete the rows that reference the table. So it is read here, and carried
// out as a suspension is.

import { isTrivia, tokenize } from '../sql/tokens.js'

const setting = /^PRAGMA (?:\S+ \. )?FOREIGN_KEYS (?:= |\( )(\S+)(?: \))?$/
const switchedOn = new Set(['1', 'ON', 'TRUE', 'YES'])

/** Whether the statement switches foreign keys on or off; undefined where it does neither. */
export function foreignKeysSwitch(sql: string): boolean | undefined {
  if (!/foreign_keys/i.test(sql)) return undefined
  const words = tokenize(sql).filter((token) => !isTrivia(token) && token.text !== ';')
  const [, value] = setting.exec(words.map(({ text }) => text.toUpperCase()).join(' ')) ?? []
  return value === undefined ? undefined : switchedOn.has(value.replaceAll(/['"]/g, ''))
}
