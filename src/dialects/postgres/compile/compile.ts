import type { Operation } from '../../../schema/operations.js'
import type { Catalogue } from '../../../schema/snapshot.js'
import type { Statement } from '../../dialect.js'
import type { PostgresServer } from '../server.js'

export async function compile(
  _operations: readonly Operation[],
  _catalogue: Catalogue,
  _server: PostgresServer,
): Promise<readonly Statement[]> {
  throw new Error('skeleton')
}
