// Every command by its name. Running one imports that one only.

import type { Command } from '../command.js'

export interface CommandEntry {
  readonly group: 'Project' | 'Migrations' | 'Numbered SQL' | 'Database' | 'Help'
  readonly summary: string
  load(): Promise<Command>
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    group: 'Project',
    summary: 'Set up a project: folders, .env, configuration',
    load: async () => (await import('./init.js')).command,
  },
  'make:migration': {
    group: 'Project',
    summary: 'Write a new migration file',
    load: async () => (await import('./make-migration.js')).command,
  },
  migrate: {
    group: 'Migrations',
    summary: 'Apply the migrations that are pending',
    load: async () => (await import('./migrate.js')).command,
  },
  'migrate:status': {
    group: 'Migrations',
    summary: 'Show how each migration stands',
    load: async () => (await import('./migrate-status.js')).command,
  },
  'migrate:rollback': {
    group: 'Migrations',
    summary: 'Roll back the last batch, or one migration by its name',
    load: async () => (await import('./migrate-rollback.js')).command,
  },
  'migrate:reset': {
    group: 'Migrations',
    summary: 'Roll back all migrations',
    load: async () => (await import('./migrate-reset.js')).command,
  },
  'migrate:refresh': {
    group: 'Migrations',
    summary: 'Roll back all migrations and apply them again',
    load: async () => (await import('./migrate-refresh.js')).command,
  },
  'migrate:fresh': {
    group: 'Migrations',
    summary: 'Drop everything and apply all migrations',
    load: async () => (await import('./migrate-fresh.js')).command,
  },
  'migrate:install': {
    group: 'Migrations',
    summary: 'Make the table that records what was applied',
    load: async () => (await import('./migrate-install.js')).command,
  },
  'migrate:repair': {
    group: 'Migrations',
    summary: 'Settle a migration that changed, lost its file or stopped half-way',
    load: async () => (await import('./migrate-repair.js')).command,
  },
  'migrate:adopt': {
    group: 'Migrations',
    summary: 'Take over a database that another tool, or nothing, has migrated',
    load: async () => (await import('./migrate-adopt.js')).command,
  },
  'migrate:history': {
    group: 'Migrations',
    summary: 'Show who applied what, when, and how long it took',
    load: async () => (await import('./migrate-history.js')).command,
  },
  'migrate:unlock': {
    group: 'Migrations',
    summary: 'Show who holds the migration lock, and break it',
    load: async () => (await import('./migrate-unlock.js')).command,
  },
  'migrate:lint': {
    group: 'Migrations',
    summary: 'Judge the migrations: their numbers, their order, edits after the fact',
    load: async () => (await import('./migrate-lint.js')).command,
  },
  lint: {
    group: 'Migrations',
    summary: 'Judge the migrations: migrate:lint by its short name',
    load: async () => (await import('./lint.js')).command,
  },
  'db:create': {
    group: 'Numbered SQL',
    summary: 'Write the next numbered migration, in SQL',
    load: async () => (await import('./db-create.js')).command,
  },
  'db:apply': {
    group: 'Numbered SQL',
    summary: 'Apply what is pending: migrate by its short name',
    load: async () => (await import('./db-apply.js')).command,
  },
  'db:status': {
    group: 'Numbered SQL',
    summary: 'Show how each migration stands: migrate:status by its short name',
    load: async () => (await import('./db-status.js')).command,
  },
  'db:rollback': {
    group: 'Numbered SQL',
    summary: 'Roll one migration back: migrate:rollback by its short name',
    load: async () => (await import('./db-rollback.js')).command,
  },
  'db:show': {
    group: 'Database',
    summary: 'Show the database and its tables',
    load: async () => (await import('./db-show.js')).command,
  },
  'db:table': {
    group: 'Database',
    summary: 'Show a table: columns, indexes, keys, checks, triggers',
    load: async () => (await import('./db-table.js')).command,
  },
  'db:describe': {
    group: 'Database',
    summary: 'Show the columns of a table: Field, Type, Null, Key, Default',
    load: async () => (await import('./db-describe.js')).command,
  },
  'db:wipe': {
    group: 'Database',
    summary: 'Drop every table, view and type',
    load: async () => (await import('./db-wipe.js')).command,
  },
  'db:shell': {
    group: 'Database',
    summary: "Open the database's own client: sqlite3, psql, mysql or mariadb",
    load: async () => (await import('./db-shell.js')).command,
  },
  list: {
    group: 'Help',
    summary: 'Show all commands',
    load: async () => (await import('./list.js')).command,
  },
}
