import type { Session, SessionOptions } from '../../dialect.js'
import type { Flavour, MysqlServer } from '../server.js'

/** @param expected the flavour that the connection is configured as; the one that answers decides */
export async function openSession(
  _options: SessionOptions,
  _expected: Flavour,
): Promise<{ readonly session: Session; readonly server: MysqlServer }> {
  throw new Error('skeleton')
}
