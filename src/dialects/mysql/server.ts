// What is known of the server that a session reaches, and what its dialect depends on. MySQL and MariaDB are one
// family: what differs between them is a `Flavour`, one in each folder.

import type { DialectName, DriverName } from '../../schema/dialect-name.js'
import type { Capabilities } from '../dialect.js'
import type { Refusals } from '../refusals.js'

/** How one of the two says what the other says differently. Grows with each difference that is found. */
export interface Flavour {
  readonly name: Extract<DialectName, 'mysql' | 'mariadb'>
  readonly driverName: DriverName
  readonly label: string
  readonly capabilities: Capabilities
  /** Before an UPDATE that must find what was committed since the transaction's snapshot: see `Fence`. */
  readonly afresh: (version: number) => string
  /** `DROP TABLE a, b` is one atomic change for each, and not one for all. */
  readonly dropsOneByOne: boolean
  /** The programs that can be its client, the fittest first. */
  readonly clients: readonly ('mysql' | 'mariadb')[]
  /** What a server of this version cannot do. */
  readonly refusals: (version: number) => Refusals
  readonly words: StructureWords
  readonly catalogue: CatalogueWords
  /** What the session's `sql_mode` has beside the modes that count as strict. */
  readonly sqlModes: readonly string[]
  /** The setting by which a statement's time is limited, as SET takes it; 0 for no limit. */
  readonly statementTimeLimit: (timeoutMs: number) => string
  /** How ON DUPLICATE KEY UPDATE names a value of the row that was to be inserted. */
  readonly insertedValue: 'row alias' | 'values function'
}

/** What the two keep differently in information_schema. */
export interface CatalogueWords {
  /** Where InnoDB's numbers of tables are. */
  readonly innodbTables: 'innodb_tables' | 'innodb_sys_tables'
  /** SQL for the expression of an index's part. */
  readonly indexExpression: string
  /** Whether check_constraints says of which table each check is. */
  readonly checksNameTheirTable: boolean
  /** Expressions are written with backslashes before quotes, and strings in them with their character set. */
  readonly escapesExpressions: boolean
  /** Literal defaults are the bare values, rather than SQL. */
  readonly hasBareDefaults: boolean
}

/** What the two say differently of structure. */
export interface StructureWords {
  /** Reads the text at a path of the JSON document in a column; both are SQL. */
  readonly jsonText: (column: string, path: string) => string
  readonly dropCheck: 'drop check' | 'drop constraint'
  /** Text, binary, JSON and geometry columns take a literal as default; else only an expression, in brackets. */
  readonly hasLiteralDefaultsOfText: boolean
  /** A column that a check mentions can be renamed: the check then mentions the new name. */
  readonly renamesInChecks: boolean
  /** A check that stands in a column's definition stays there, and goes when that is replaced. */
  readonly keepsChecksInColumns: boolean
  /** A generated column can be `not null`. */
  readonly hasGeneratedNotNull: boolean
  /** What a JSON column is: a type of its own, or text with a check. */
  readonly jsonType: 'json' | 'longtext'
  /** Whether the server says `int(11)` where `int` was written, and `year(4)`. */
  readonly hasDisplayWidths: (version: number) => boolean
}

export interface MysqlServer {
  readonly flavour: Flavour
  /** 90704 is 9.7.4; 101119 is 10.11.19. */
  readonly version: number
  /** Of new tables; the connection's is always utf8mb4, into and out of which every other is converted. */
  readonly charset: string
  /** Of new tables; undefined where it is left to the server. */
  readonly collation: string | undefined
}
