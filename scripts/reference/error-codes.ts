// THE TABLE of error codes for readers: when each is met, and what to do. The codes themselves and their classes are
// read from the sources; a code that is missing here, or that no source has, stops the generator.

export interface ErrorEntry {
  readonly when: string
  readonly remedy: string
}

const entry = (when: string, remedy: string): ErrorEntry => ({ when, remedy })

export const errorEntries: Readonly<Record<string, ErrorEntry>> = {
  // The command line
  TM_UNKNOWN_COMMAND: entry(
    'There is no such command.',
    '`tidemark list` shows them; the message names the nearest.',
  ),
  TM_UNKNOWN_FLAG: entry(
    'The command has no such option.',
    'See `tidemark <command> --help`; the message names the nearest.',
  ),
  TM_BAD_FLAG_VALUE: entry(
    'An option was given a value that it cannot have, or one where it takes none.',
    'Write the option as `--help` shows it.',
  ),
  TM_MISSING_FLAG_VALUE: entry(
    'An option that needs a value was given none.',
    'Write it after `=`, as in `--env=testing`.',
  ),
  TM_MISSING_ARGUMENT: entry(
    'The command needs an argument, such as a table.',
    'Add it; `--help` shows where.',
  ),
  TM_EXTRA_ARGUMENT: entry(
    'The command got a word that it has no place for.',
    'Leave it out, or quote a value that has spaces.',
  ),
  TM_NAME_MISSING: entry(
    'An option that is about one migration was given without its name.',
    'Name the migration.',
  ),
  TM_FLAGS_CONFLICT: entry(
    'Two options, or an option and an argument, say different things.',
    'Give one of them.',
  ),
  TM_FLAG_NOT_SUPPORTED: entry(
    'The option is known from Laravel, and this release does not have what it does.',
    'Leave it out.',
  ),
  TM_NO_DOCUMENT: entry(
    '`--json` was given to a command whose output is that of another program.',
    "Leave it out; the program's own options say how it prints.",
  ),
  TM_PRODUCTION: entry(
    'A change in production was not confirmed, or nobody could be asked.',
    'Answer `y`, or add `--force` if it is meant.',
  ),
  TM_NOT_CONFIRMED: entry(
    'What only a person can decide, such as a repair, was not confirmed, or nobody could be asked.',
    'Answer `y`, or add `--force` if it is meant.',
  ),
  TM_STRAY_REJECTION: entry(
    'A call failed that was not awaited.',
    'Write `await` before each call that returns a promise.',
  ),
  TM_STANDSTILL: entry(
    'A command waits for a promise that nothing will settle.',
    'Look for an `await` in the migration whose promise is never resolved.',
  ),
  TM_UNEXPECTED: entry(
    'A fault in Tidemark itself, in the document of `--json`.',
    'Report it, with the command and the output of `-v`.',
  ),

  // Writing files
  TM_BAD_MIGRATION_NAME: entry(
    'The name cannot be that of a migration file.',
    'Use words, such as `create_posts_table`.',
  ),
  TM_MIGRATION_EXISTS: entry(
    'There is a migration of this name, perhaps with another date.',
    'Choose another name, or edit the file if no database has applied it.',
  ),
  TM_UNKNOWN_PRESET: entry(
    '`init --preset` was given a name that is none.',
    'The message lists the presets.',
  ),
  TM_CANNOT_WRITE: entry(
    'A file cannot be written.',
    'Check that its folder is a folder and may be written to.',
  ),

  // Configuration
  TM_BAD_OPTION: entry(
    'An option or variable has a value that cannot be right.',
    'Correct it where the message says it is set; it says what is allowed.',
  ),
  TM_UNKNOWN_OPTION: entry(
    'The config file has a key that is no option.',
    'Remove or respell it; see [the options](config.md).',
  ),
  TM_UNKNOWN_CONNECTION: entry(
    'There is no connection of this name.',
    'Use one that the message lists, or add it to the config file.',
  ),
  TM_NO_DATABASE_NAME: entry(
    'A connection to a server does not say which of its databases is meant.',
    'Set `DB_DATABASE`, or put the name into the address: `postgres://host/shop`.',
  ),
  TM_NO_DEFAULT_CONNECTION: entry(
    'The config file names several connections and no default.',
    'Add `default`, or give `--connection`.',
  ),
  TM_BAD_URL: entry(
    '`DB_URL`, `DATABASE_URL` or `url` is no address of a database.',
    'See the forms that the message lists; percent-encode `@ : / #` in a password.',
  ),
  TM_CONFIG_FILE_MISSING: entry(
    'The file given with `--config` is not there.',
    'Correct the path; it counts from the project.',
  ),
  TM_TWO_CONFIG_FILES: entry('The project has two config files.', 'Keep one, or say which with `--config`.'),
  TM_BAD_CONFIG_FILE: entry(
    'The config file exports no configuration, or the function that it exports threw.',
    'Write `export default defineConfig({ … })`.',
  ),
  TM_BAD_ENV_FILE: entry(
    'A line of `.env` is not `KEY=value`, or a quote is not closed.',
    'Correct the line that the message names.',
  ),
  TM_ENV_FILE_UNREADABLE: entry(
    '`.env` is there and cannot be read, or is no UTF-8 text.',
    'Let this user read it, or save it as UTF-8.',
  ),
  TM_NO_SUCH_ROOT: entry(
    'The project folder given to `new Tidemark({ root })` is not there.',
    'Correct `root`.',
  ),

  // Modules: migrations and config files
  TM_SYNTAX_ERROR: entry(
    'A `.ts` or `.js` file cannot be parsed.',
    'Correct the line and column that the message shows.',
  ),
  TM_MODULE_MISSING: entry(
    'A file that is to be loaded is not there any more.',
    'Bring it back, and run the command again.',
  ),
  TM_IMPORT_NOT_FOUND: entry(
    'A file imports something that cannot be found.',
    'Correct the import, or install the package.',
  ),
  TM_TRANSFORM_MISSING: entry(
    'A TypeScript file cannot be read: the part of `oxc-transform` for this platform was not installed.',
    'Install with optional dependencies, or write the file in JavaScript.',
  ),
  TM_MODULE_FAILED: entry(
    'A file threw an error while it was loaded.',
    'Correct what the file does outside `up` and `down`.',
  ),

  // Connections
  TM_CONNECTION_FAILED: entry(
    'The database cannot be reached or opened: nobody answers at that host and port, the certificate is not accepted, a folder cannot be written to, and the like.',
    'Do what the message says; check `DB_HOST` and `DB_PORT`, on SQLite `DB_DATABASE`.',
  ),
  TM_ACCESS_DENIED: entry(
    'The server refuses the user, the password, or what a statement does.',
    'Check `DB_USERNAME` and `DB_PASSWORD`; grant the user what the message names.',
  ),
  TM_DATABASE_MISSING: entry(
    'The server has no database of that name.',
    'Check `DB_DATABASE`. `tidemark migrate` asks whether to make it; `--force` has it made.',
  ),
  TM_CONNECTION_LOST: entry(
    'The connection was lost while something ran.',
    'Look at the server and its log, then run the command again; `tidemark migrate:status` shows how it stands.',
  ),
  TM_NOT_A_DATABASE: entry(
    'The file is there and is no SQLite database, or is damaged.',
    'Point `DB_DATABASE` at another file, or move this one away.',
  ),
  TM_DRIVER_MISSING: entry(
    'The package that talks to the database cannot be loaded.',
    '`npm install pg` for PostgreSQL, `mysql2` for MySQL and MariaDB, `better-sqlite3` for SQLite where Node is older than 22.13.',
  ),
  TM_CLIENT_MISSING: entry(
    "`db:shell` found none of the programs that are the database's own client, or one that cannot be started.",
    'Install it as the message says, or add its folder to `PATH`.',
  ),
  TM_NO_SERVER: entry(
    '`schema.createDatabase` and the like were called on a schema builder that stands on no connection.',
    'Use the `schema` of a migration, or `tidemark.schema()`.',
  ),

  // Statements
  TM_SQL_SYNTAX: entry('The database cannot parse a statement.', 'Correct the SQL that is shown.'),
  TM_SQL_NO_SUCH_TABLE: entry(
    'A statement names a table that is not there.',
    'Correct the name, or make the table in an earlier migration.',
  ),
  TM_SQL_NO_SUCH_COLUMN: entry('A statement names a column that is not there.', 'Correct the name.'),
  TM_SQL_ALREADY_EXISTS: entry(
    'A statement makes something that is there.',
    'Drop it first, or give the new one another name.',
  ),
  TM_UNIQUE_VIOLATION: entry(
    'Two rows would have the same value where one must be unique.',
    'Remove or change the doubles first.',
  ),
  TM_NOT_NULL_VIOLATION: entry(
    'A row would have no value where one is needed.',
    'Give a value or a default; update the rows that have none first.',
  ),
  TM_FOREIGN_KEY_VIOLATION: entry(
    'A row would reference a row that is not there.',
    'Mend or delete the rows; the message names the tables and a query that finds them.',
  ),
  TM_CHECK_VIOLATION: entry(
    'A row would break a check constraint.',
    'Mend the rows first, or correct the constraint.',
  ),
  TM_SESSION_CONTROL: entry(
    'A migration that is not one transaction would turn autocommit off, or take away the mark of its session.',
    'Leave the statement out; `db.transaction()` has several take effect together.',
  ),
  TM_TRANSACTION_LEFT_OPEN: entry(
    'A migration with `transaction: false` began a transaction itself and did not end it. It was rolled back.',
    'Commit what you begin, or leave `transaction: false` out.',
  ),
  TM_STORED_DOWN_STALE: entry(
    'The file of a migration is gone, and a later one has changed a table that its stored `down` would make anew.',
    'Bring the file back, or roll the later one back first.',
  ),
  TM_MIGRATION_TIMEOUT: entry(
    'A migration took longer than its `timeout`. It was stopped before its next statement, and rolled back.',
    'Give it more time, or cut it into several migrations.',
  ),
  TM_DATABASE_LOCKED: entry(
    'Another session kept what a statement needs locked for longer than `migrations.lockTimeout`.',
    'Wait for it and run the command again, or raise the time.',
  ),
  TM_DEADLOCK: entry(
    'Two sessions waited for each other, and the database ended this one.',
    'Run it again; let all take their locks in the same order.',
  ),
  TM_STATEMENT_TIMEOUT: entry(
    'A statement ran for longer than `migrations.statementTimeout`, or than the server allows.',
    'Give it more time, or have it do less at once.',
  ),
  TM_STATEMENT_CANCELLED: entry(
    'Somebody had the server cancel the statement.',
    'Find out who did and why, then run the command again.',
  ),
  TM_OUT_OF_RANGE: entry(
    'A value does not fit the type of its column.',
    'Correct the value, or give the column a wider type.',
  ),
  TM_DATABASE_READ_ONLY: entry(
    'The database file may not be written to.',
    'Give this user the right to write the file and its folder.',
  ),
  TM_DATABASE_CHANGED: entry(
    'Another process wrote to the database while a rebuild was being prepared. Nothing was changed.',
    'Run the command again.',
  ),
  TM_DISK_FULL: entry(
    'The disk or the database is full.',
    'Make room; a rebuild needs about as much as its table has.',
  ),
  TM_STATEMENT_FAILED: entry(
    'The database refused a statement for another reason, which the message gives.',
    'Correct the statement.',
  ),
  TM_MULTIPLE_STATEMENTS: entry(
    'A method that runs one statement was given several.',
    'Use `db.exec()`, which takes several and no bindings.',
  ),
  TM_UNTERMINATED_SQL: entry(
    'A string, quoted name, comment or body of a trigger or routine in SQL is not closed.',
    'Close it at the line and column that the message names.',
  ),
  TM_CLIENT_COMMAND: entry(
    'A script has a command of `psql` or of the `mysql` client in it (`\\connect`, `\\i`, `source`), which no server knows.',
    'Take it out at the line and column that the message names; a file is read and given to `db.exec()`.',
  ),
  TM_COPY_FROM_STDIN: entry(
    'A script for PostgreSQL has `COPY … FROM stdin`, whose rows come from the input of `psql`.',
    'Insert the rows with `db.table().insert()`, or have `pg_dump` write them with `--inserts`.',
  ),
  TM_BINDING: entry(
    'A bound value is of a kind that the database has no place for, such as `undefined`.',
    'Give a string, number, bigint, boolean, null, Date or Uint8Array.',
  ),
  TM_BINDING_COUNT: entry(
    'A statement has more or fewer `?` than bindings.',
    'Write one `?` for each binding.',
  ),
  TM_TOO_MANY_BINDINGS: entry(
    'A query binds more values than one statement can.',
    'Cut the list, or use a sub-query.',
  ),
  TM_LITERAL: entry(
    'A value or name cannot be written into SQL, such as a text with a NUL character.',
    'Bind the value, or leave the character out.',
  ),

  // Transactions
  TM_INTERRUPTED: entry(
    'Ctrl-C, SIGTERM or `tidemark.interrupt()` stopped the work between two statements.',
    'Run the command again to go on.',
  ),
  TM_TRANSACTION_CONTROL: entry(
    '`BEGIN`, `COMMIT` or `ROLLBACK` inside a migration that is in a transaction.',
    'Leave it out; use `db.transaction()` for a part, or `transaction: false`.',
  ),
  TM_TRANSACTION_LOST: entry(
    'The transaction was ended by an error or by a `COMMIT` of its own.',
    'Let the earlier error out; leave `COMMIT` and `ROLLBACK` to `db.transaction()`.',
  ),
  TM_TRANSACTION_OVERLAP: entry(
    'A transaction ended while one inside it was still open.',
    'Await each transaction.',
  ),
  TM_IMPLICIT_COMMIT: entry(
    'A change of structure inside a transaction on MySQL or MariaDB, which commit with it. It was not run, or `details.hasRun` is true.',
    'Change the structure outside `db.transaction()`.',
  ),
  TM_REBUILD_AFTER_DATA: entry(
    'A rebuild follows data changes that cannot be repeated without foreign keys. Nothing was changed.',
    'Put the data change and the change of structure into two migrations. See [the rebuild](../explanation/rebuild.md#foreign-keys).',
  ),

  // Queries
  TM_UNDEFINED_VALUE: entry('A query was given `undefined`.', 'Give a value, or `null`.'),
  TM_INVALID_VALUE: entry(
    'A query was given a value that no database has, such as an object.',
    'Give one of the kinds that the message lists.',
  ),
  TM_UNKNOWN_OPERATOR: entry(
    'A `where` has an operator that is none.',
    'Use one that the message lists, or `whereRaw`.',
  ),
  TM_QUERY_MISUSE: entry('A query was called in a way that means nothing.', 'Do what the message says.'),

  // The schema builder
  TM_EMPTY_LIST: entry('A list of columns or values is empty.', 'Name at least one.'),
  TM_EMPTY_SQL: entry('An expression is empty.', 'Write the SQL.'),
  TM_INVALID_NAME: entry('A name is empty or no text.', 'Give a name.'),
  TM_INVALID_TEXT: entry('Something that should be a text is none.', 'Give a text.'),
  TM_NAME_TOO_LONG: entry('A name is longer than the database allows.', 'Give a shorter one.'),
  TM_NAME_TAKEN: entry('A macro has the name of a method that is there.', 'Give it another name.'),
  TM_INVALID_NUMBER: entry('A number is out of range or none.', 'Give one from the range in the message.'),
  TM_INVALID_DEFAULT: entry(
    '`default()` was given something that is no value.',
    'Give a value, or SQL with `db.raw()`.',
  ),
  TM_UNKNOWN_WORD: entry(
    'A word, such as a type or an action, is not known.',
    'Use one that the message lists.',
  ),
  TM_UNNAMED_EXPRESSION: entry(
    'An index on an expression has no name.',
    "Name it: `table.rawIndex('lower(email)', 'users_email_lower')`.",
  ),
  TM_NOT_COMPUTED: entry(
    '`persisted()` on a column that computes nothing.',
    'Say what it computes: `storedAs(…)`.',
  ),
  TM_NOT_AN_ENUM: entry(
    '`native()` on a column that is no enum.',
    "Leave it out, or list the values: `table.enum('status', ['draft', 'published'])`.",
  ),
  TM_TYPE_DIFFERS: entry(
    'A column with `native()` needs a type that exists with other values.',
    "Give the type another name, `native('…')`, or add the values to it first.",
  ),
  TM_CHANGE_IN_CREATE: entry(
    '`change()` inside `schema.create`.',
    'Leave `change()` out, or use `schema.table`.',
  ),
  TM_TABLE_OPTION: entry(
    'An option of a new table, such as `temporary()`, inside `schema.table`.',
    'Leave it out.',
  ),
  TM_FOREIGN_KEY_INCOMPLETE: entry(
    'A foreign key does not say what it references.',
    "`table.foreign('user_id').references('id').on('users')`.",
  ),
  TM_FOREIGN_KEY_UNEQUAL: entry(
    'A foreign key has more or fewer columns than it references.',
    'Reference as many, in the same order.',
  ),
  TM_FOREIGN_KEY_ACROSS_SCHEMAS: entry(
    'On SQLite, a foreign key to a table in another file.',
    'Put both tables into one file, or leave the key out.',
  ),
  TM_UNSUPPORTED: entry(
    'The database cannot do what a method asks.',
    'Take the way round in the message; see [what SQLite refuses](schema.md#what-sqlite-refuses).',
  ),
  TM_INVALID_DEFINITION: entry(
    'A raw column is not written as SQLite writes a column.',
    'Correct the definition; try it in a CREATE TABLE of its own.',
  ),
  TM_KEY_IN_USE: entry(
    'A primary or unique key is to be dropped that a foreign key points to.',
    'Drop that foreign key first; the message names its table.',
  ),
  TM_NO_SUCH_TABLE: entry(
    'A table that is to be changed or shown is not there.',
    'Correct the name; the message names the nearest.',
  ),
  TM_NO_SUCH_COLUMN: entry(
    'A column that is to be changed, or that something refers to, is not there.',
    'Correct the name.',
  ),
  TM_NO_SUCH_INDEX: entry('An index that is to be dropped or renamed is not there.', 'Correct the name.'),
  TM_NO_SUCH_PRIMARY_KEY: entry('A primary key that is to be dropped is not there.', 'Leave it out.'),
  TM_NO_SUCH_FOREIGN_KEY: entry(
    'A foreign key that is to be dropped is not there.',
    "Name its columns: `table.dropForeign(['user_id'])`.",
  ),
  TM_NO_SUCH_CHECK: entry('A check that is to be dropped is not there.', 'Correct the name.'),
  TM_TABLE_EXISTS: entry(
    'A table that is to be made is there.',
    'Drop it, or change it with `schema.table`.',
  ),
  TM_COLUMN_EXISTS: entry('A column that is to be added is there.', 'Leave it out, or add `.change()`.'),
  TM_INDEX_EXISTS: entry('An index of this name is there.', 'Give the new one another name.'),
  TM_PRIMARY_KEY_EXISTS: entry('The table has a primary key.', 'Drop it first: `table.dropPrimary()`.'),
  TM_TWO_PRIMARY_KEYS: entry(
    'A new table has an auto-incrementing column, which is a primary key on SQLite, and another primary key.',
    'Make the other one `table.unique([…])`.',
  ),
  TM_FOREIGN_KEY_EXISTS: entry(
    'A foreign key of this name is there.',
    'Drop it first, or give another name.',
  ),
  TM_CHECK_EXISTS: entry('A check of this name is there.', 'Drop it first, or give another name.'),
  TM_COLUMN_IN_USE: entry(
    'A column that is to be dropped is used by an index, key, check, view, trigger or generated column.',
    'Drop those first; the message says how.',
  ),
  TM_NO_COLUMN_LEFT: entry('A table would have no column left.', 'Drop the table.'),
  TM_VIRTUAL_TABLE: entry(
    'A virtual table, such as one of FTS5, is to be changed.',
    'Make a new one with `db.exec()`, copy the rows, drop the old one.',
  ),

  // Migrations
  TM_NO_SUCH_PATH: entry(
    'A folder or file given with `--path` is not there.',
    'Correct it; it counts from the project.',
  ),
  TM_DUPLICATE_MIGRATION: entry(
    'Two files are one migration: their names differ only in the ending or the folder.',
    'Rename or delete one.',
  ),
  TM_BAD_EXPORT: entry(
    'A file exports no migration, or a `.sql` file has no section for `up`.',
    'Write `export default migration({ … })`, or a line `-- migrate:up`.',
  ),
  TM_BAD_TEXT: entry(
    'A migration file is not in UTF-8, or its SQL has a NUL character.',
    'Save it as UTF-8; take the character out.',
  ),
  TM_UNKNOWN_MIGRATION_OPTION: entry('A migration has an option that is not known.', 'Remove or respell it.'),
  TM_NO_SUCH_MIGRATION: entry(
    'A migration that was named is not there, or is not applied.',
    '`tidemark migrate:status` lists them.',
  ),
  TM_MIGRATION_FAILED: entry(
    "The code of `up` or `down` threw an error that is not the database's.",
    'Correct it at the line that is shown. The message says what remains of the migration.',
  ),
  TM_NOT_AWAITED: entry(
    '`up` or `down` ended while a call on `schema` or `db` was under way.',
    'Write `await` before each call.',
  ),
  TM_MIGRATION_CHANGED: entry(
    'A migration changed after it was applied.',
    'Restore the file and write a new migration, roll it back, or accept the file with `tidemark migrate:repair NAME`.',
  ),
  TM_MIGRATION_FILE_MISSING: entry(
    'A migration that is applied has no file any more.',
    'Bring the file back, roll it back by name, or forget it with `tidemark migrate:repair NAME`.',
  ),
  TM_DEPENDED_ON: entry(
    'A migration is to be rolled back alone, and foreign keys of other tables point to what it made.',
    'Roll back those that are named first. `--force` drops the foreign keys, and then rolls it back.',
  ),
  TM_OUT_OF_ORDER: entry(
    'A new migration comes by its name before one that is applied.',
    'Rename it so that it comes last, or let it run with `tidemark migrate:repair NAME`; always: `migrations: { outOfOrder: true }`.',
  ),
  TM_LOCK_HELD: entry(
    'Another process holds the migration lock, and did not let go of it in time.',
    'Run the command again later, wait longer with `--lock-wait=5m`, or look who it is with `tidemark migrate:unlock`.',
  ),
  TM_LOCK_LOST: entry(
    'The process no longer holds the migration lock: it stalled and another took over, or the lock was broken.',
    'Look at `tidemark migrate:status`, and run the command again. Nothing was written after the lock was lost.',
  ),
  TM_SESSION_LINGERS: entry(
    'A session of the migrator that held the lock before does not end.',
    'Wait until its statement has ended, or have an administrator end it.',
  ),
  TM_JOURNAL_DIVERGED: entry(
    'A migration that stopped half-way takes another way when it is run again.',
    'Go back with `tidemark migrate:rollback <name>`, or go on with `tidemark migrate:repair <name>`.',
  ),
  TM_HALF_APPLIED_CHANGED: entry(
    'The file of a migration that stopped half-way has changed since.',
    'Restore it and run the command again; or `tidemark migrate:repair <name>`, or `tidemark migrate:rollback <name>`.',
  ),
  TM_HALF_ROLLED_BACK: entry(
    'The rollback of a migration stopped half-way.',
    'Go on with it: `tidemark migrate:rollback <name>`.',
  ),
  TM_EFFECT_UNKNOWN: entry(
    'Nobody can tell whether the statement that was under way has taken effect.',
    'Look at the data, then `tidemark migrate:repair <name> --done` or `--not-done`.',
  ),
  TM_NO_LEDGER_TO_ADOPT: entry(
    '`migrate:adopt` found no ledger of another tool, or several.',
    'Name the tool with `--from`, or the last migration that is in the database with `--baseline`.',
  ),
  TM_REPAIR_CHANGED: entry(
    'What there is to repair became something else after it was shown and before it was done.',
    'See what there is to repair now, and decide anew.',
  ),
  TM_NOTHING_TO_REPAIR: entry(
    '`migrate:repair` was given a migration about which there is nothing to settle.',
    'See how it stands with `tidemark migrate:status`.',
  ),
  TM_HALF_APPLIED: entry(
    'A migration on another connection than the ledger stopped half-way.',
    'Look at what it left, then `tidemark migrate:rollback <name>`.',
  ),
  TM_IRREVERSIBLE: entry(
    'A migration that is to be rolled back has no `down`.',
    'Write one, or undo its effect with a new migration.',
  ),
  TM_NO_STORED_DOWN: entry(
    'The file of a migration is gone, and its `down` could not be kept.',
    'Bring the file back, then roll back.',
  ),
  TM_FOREIGN_LEDGER: entry(
    "The ledger's table is there and is not Tidemark's.",
    "Name another: `migrations: { table: 'tidemark_migrations' }`. Then `tidemark migrate:adopt`.",
  ),
  TM_DIRTY_LEDGER: entry(
    'The ledger of golang-migrate that is to be adopted says that its last migration failed.',
    'Finish or undo that, and `migrate force` it there; or adopt with `--baseline`.',
  ),
}
