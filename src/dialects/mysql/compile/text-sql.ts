// A text as a table's definition takes it: comments and lists of values can be nothing but a plain string there. The
// session's `sql_mode` is Tidemark's own, without NO_BACKSLASH_ESCAPES, so a backslash stands for itself when doubled.

export function textSql(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`
}
