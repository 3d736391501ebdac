import type { Session, SessionOptions } from '../../dialect.js'
import type { PostgresServer } from '../server.js'

export async function openSession(
  _options: SessionOptions,
): Promise<{ readonly session: Session; readonly server: PostgresServer }> {
  throw new Error('skeleton')
}
