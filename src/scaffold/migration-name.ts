// The name of a new migration: made out of what the user typed, and read for what the migration is about.

import { badMigrationName } from './errors.js'

/** What a name says that the migration does. */
export type Purpose =
  | { readonly kind: 'create' | 'drop'; readonly table: string }
  | {
      readonly kind: 'update'
      readonly table: string
      /** The columns that it adds or removes, where the name tells. */
      readonly adds?: readonly string[]
      readonly removes?: readonly string[]
    }
  | { readonly kind: 'blank' }

/** File systems allow 255 bytes for a file's name; the number before it and the ending must fit too. */
const mostBytes = 200

/**
 * `create users table` and `CreateUsersTable` as `create_users_table`.
 *
 * @throws ScaffoldError where the text cannot be part of a file's name
 */
export function migrationNameFrom(text: string): string {
  const example = 'Use words, as in: tidemark make:migration create_users_table'
  if (text.trim() === '') throw badMigrationName(text, 'it is empty', example)
  if (/[/\\]/.test(text)) {
    throw badMigrationName(
      text,
      'it is a path, not a name',
      'Give the folder with --path, and the name alone.',
    )
  }
  const name = snakeCase(text.trim().replace(/\.(?:ts|sql)$/, ''))
  const odd = /[^\p{L}\p{N}_]/u.exec(name)
  if (odd !== null) throw badMigrationName(text, `it contains "${odd[0]}"`, example)
  if (!/[\p{L}\p{N}]/u.test(name)) throw badMigrationName(text, 'it has no letter or digit', example)
  const bytes = Buffer.byteLength(name)
  if (bytes > mostBytes) {
    throw badMigrationName(
      text,
      `it is ${bytes} bytes long, and ${mostBytes} are allowed`,
      'Choose a shorter name.',
    )
  }
  return name
}

/** `create_posts_table`, `create_posts`, `add_title_to_posts_table`, `drop_posts_table` all speak of `posts`. */
export function purposeOf(name: string): Purpose {
  const created = /^create_(\w+?)(?:_table)?$/u.exec(name)?.[1]
  if (created !== undefined) return { kind: 'create', table: created }
  const [, before = '', table] = /^(\w+)_(?:to|from|in)_(\w+?)(?:_table)?$/u.exec(name) ?? []
  if (table !== undefined) return { kind: 'update', table, ...changedColumns(before) }
  const dropped = /^drop_(\w+)_table$/u.exec(name)?.[1]
  return dropped === undefined ? { kind: 'blank' } : { kind: 'drop', table: dropped }
}

/** `add_phone_and_email` adds two columns; of an index or a key the name does not say the columns. */
function changedColumns(text: string): { adds?: readonly string[]; removes?: readonly string[] } {
  const [, verb = '', rest = ''] = /^(add|remove|drop)_(?:column_)?(\w+)$/u.exec(text) ?? []
  if (
    rest === '' ||
    /(?:^|_)(?:columns?|fields?|index(?:es)?|keys?|foreign|unique|constraints?|checks?)$/u.test(rest)
  )
    return {}
  const columns = rest.split('_and_').map((column) => column.replace(/_columns?$/u, ''))
  return verb === 'add' ? { adds: columns } : { removes: columns }
}

/** The number that the user wrote before the name, `007` of `007_create_articles`. */
export function numberGiven(text: string): string | undefined {
  return /^\s*(\d{1,9})_(?=.*[a-z])(?!\d{2}_\d{2}_\d{6})/i.exec(text)?.[1]
}

function snakeCase(text: string): string {
  return text
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replaceAll(/[\s_-]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase()
}
