// Options that several commands of migrations share.

import { flag, notYet } from './options.js'

export const forceOption = { force: flag('do not ask, in production either') }

export const pretendOption = { pretend: flag('print the SQL and change nothing') }

/** Of a command that runs no SQL of a migration. */
export const planOption = { pretend: flag('say what would be done, and change nothing') }

/** One migrator at a time is how every command works; Laravel's flag for it is accepted. */
export const isolatedOption = { isolated: flag('always on', { isHidden: true }) }

export const seedOptions = {
  seed: notYet('this release has no seeders yet'),
  seeder: notYet('this release has no seeders yet'),
}

/** Views and types are always dropped with the tables; Laravel's flags for it are accepted. */
export const dropOptions = {
  'drop-views': flag('always on', { isHidden: true }),
  'drop-types': flag('always on', { isHidden: true }),
}
