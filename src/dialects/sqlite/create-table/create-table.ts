// A CREATE TABLE statement as SQLite stores it, taken apart so that one piece can be changed and every other piece,
// with its comments and its spelling, stays as its author wrote it. Printing what was parsed gives the same text back.

/** The whole statement: `head` `nameText` `beforeBody` `(` items `)` `tail`. */
export interface CreateTableSource {
  /** All before the name: `CREATE TABLE `, `CREATE TEMP TABLE IF NOT EXISTS main.`. */
  readonly head: string
  /** The table's name without its quotes. */
  readonly name: string
  /** The name as written, with its quotes. */
  readonly nameText: string
  /** What stands between the name and the opening bracket. */
  readonly beforeBody: string
  /** Columns first, then the constraints of the table, as SQLite demands. */
  readonly columns: readonly ColumnSource[]
  readonly constraints: readonly TableConstraintSource[]
  /** What stands between the last item and the closing bracket. */
  readonly beforeClose: string
  /** All after the closing bracket: ` STRICT, WITHOUT ROWID`. */
  readonly tail: string
  readonly isStrict: boolean
  readonly isWithoutRowid: boolean
}

/** The white space and comments around one item of the list. */
export interface Trivia {
  /** Before the item, from the comma (and the comment that ends the comma's line) on. */
  readonly leading: string
  /** Between the item and its comma. */
  readonly beforeComma: string
  /** After the comma up to the end of that line, where a comment stands there; else empty. */
  readonly afterComma: string
}

export interface ColumnSource extends Trivia {
  readonly name: string
  /** The name as written, with its quotes. */
  readonly nameText: string
  /** Between the name and the end of the type: ` varchar(255)`; empty where the column has no type. */
  readonly typeText: string
  /** The type alone, `varchar(255)`, or empty. */
  readonly type: string
  readonly constraints: readonly ColumnConstraintSource[]
}

interface ConstraintText {
  /** The name after `CONSTRAINT`, without its quotes. */
  readonly constraintName: string | undefined
  /**
   * The constraint as written, with `CONSTRAINT name` where that is there. A column's begins with the space or comment
   * before it; a table's has those in `leading`.
   */
  readonly text: string
}

export type ColumnConstraintSource = ConstraintText &
  (
    | { readonly kind: 'primaryKey'; readonly autoincrement: boolean; readonly descending: boolean }
    | { readonly kind: 'notNull' }
    | { readonly kind: 'null' }
    | { readonly kind: 'unique' }
    | { readonly kind: 'check'; readonly expression: string }
    /** The expression as it stands after `DEFAULT`, with its sign and its brackets. */
    | { readonly kind: 'default'; readonly expression: string }
    | { readonly kind: 'collate'; readonly collation: string }
    | { readonly kind: 'generated'; readonly expression: string; readonly stored: boolean }
    | { readonly kind: 'references'; readonly references: ReferencesSource }
    | MeaninglessSource
  )

export type TableConstraintSource = Trivia &
  ConstraintText & {
    /** Whether it follows the constraint before it without a comma, as SQLite lets constraints. */
    readonly isJoined: boolean
  } & (
    | { readonly kind: 'primaryKey'; readonly columns: readonly string[]; readonly autoincrement: boolean }
    | { readonly kind: 'unique'; readonly columns: readonly string[] }
    | { readonly kind: 'check'; readonly expression: string }
    | {
        readonly kind: 'foreignKey'
        readonly columns: readonly string[]
        readonly references: ReferencesSource
      }
    | MeaninglessSource
  )

/**
 * Words that SQLite takes and that say nothing by themselves: a `CONSTRAINT name` that no constraint follows, or a
 * `DEFERRABLE` apart from its `REFERENCES` (whose `deferrable` has it).
 */
interface MeaninglessSource {
  readonly kind: 'other'
}

export interface ReferencesSource {
  readonly table: string
  /** Empty where the statement names none: the other table's primary key. */
  readonly columns: readonly string[]
  readonly deferrable: boolean
  readonly initiallyDeferred: boolean
}
