// From one to many and back, for the names that a foreign key's column and its table share: `person_id` and `people`.
// The rules are the library's, and Laravel's where the two differ on a word that tables are named by.

import { createRequire } from 'node:module'
import type pluralize from 'pluralize'

const require = createRequire(import.meta.url)

// Loaded when the first word needs it: most runs need none, and loading it takes 7 ms. Proof: the package's own types.
const rules = () => require('pluralize') as typeof pluralize

/** Words of which there is one form only. */
const invariable = new Set(
  [
    'compensation education emoji evidence feedback furniture gold kin knowledge leather love luggage nexus nutrition',
    'offspring oil progress recommended related sand silk soap spam sugar talent travel trivia vinegar weather wheat',
    'wood wool',
  ].flatMap((line) => line.split(' ')),
)

/** `user` becomes `users`, `order_item` becomes `order_items`. */
export function pluralOf(name: string): string {
  return onLastWord(name, (word) => {
    if (invariable.has(word.toLowerCase())) return word
    if (/schema$/i.test(word)) return `${word}s`
    return /[ti]um$/i.test(word) ? `${word.slice(0, -2)}a` : rules().plural(word)
  })
}

/** `users` becomes `user`. */
export function singularOf(name: string): string {
  return onLastWord(name, (word) => (invariable.has(word.toLowerCase()) ? word : rules().singular(word)))
}

/** `OrderItem` becomes `order_item`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/(?<=.)([A-Z])/g, '_$1').toLowerCase()
}

function onLastWord(name: string, change: (word: string) => string): string {
  const start = name.lastIndexOf('_') + 1
  return name.slice(0, start) + change(name.slice(start))
}
