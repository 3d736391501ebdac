import type { DatabaseOverview, DatabaseTask, Session, SessionOptions } from '../dialect.js'

export async function createMissingDatabase(_options: SessionOptions): Promise<void> {
  throw new Error('skeleton')
}

export async function administer(_session: Session, _task: DatabaseTask): Promise<void> {
  throw new Error('skeleton')
}

export async function overview(_session: Session): Promise<DatabaseOverview> {
  throw new Error('skeleton')
}
