import type { Catalogue } from '../../schema/snapshot.js'
import type { Session } from '../dialect.js'

export async function rehearse(_catalogue: Catalogue): Promise<Session> {
  throw new Error('skeleton')
}
