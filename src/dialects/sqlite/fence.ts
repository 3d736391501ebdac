// SQLite needs no fence: a statement runs in the process that gave it, and whoever writes holds the file's lock, which
// nobody can take from a process that is alive and which ends with one that is not.

import type { Fence } from '../dialect.js'

const nothing = (): Promise<void> => Promise.resolve()

export const fence: Fence = {
  endsIdleSessions: false,
  afresh: '',
  raise: nothing,
  lower: nothing,
  expel: nothing,
}
