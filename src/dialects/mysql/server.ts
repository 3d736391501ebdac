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
  readonly refusals: Refusals
}

export interface MysqlServer {
  readonly flavour: Flavour
  /** 90704 is 9.7.4; 101119 is 10.11.19. */
  readonly version: number
  /** Of the connection and of new tables. */
  readonly charset: string
  /** Of new tables; undefined where it is left to the server. */
  readonly collation: string | undefined
}
