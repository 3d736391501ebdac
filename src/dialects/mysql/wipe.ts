import type { Session, WipeOptions } from '../dialect.js'

export async function wipe(_session: Session, _what: WipeOptions): Promise<void> {
  throw new Error('skeleton')
}
