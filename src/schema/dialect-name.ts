// The names of the dialects: all that the code below dialects/ knows of databases.

export const dialectNames = ['sqlite', 'postgres', 'mysql', 'mariadb'] as const

/** How one kind of database writes SQL, is read and is locked. */
export type DialectName = (typeof dialectNames)[number]

/** What `db.getDriverName()` says; Laravel's names. */
export type DriverName = 'sqlite' | 'pgsql' | 'mysql' | 'mariadb'

export const driverNames: Readonly<Record<DialectName, DriverName>> = {
  sqlite: 'sqlite',
  postgres: 'pgsql',
  mysql: 'mysql',
  mariadb: 'mariadb',
}
