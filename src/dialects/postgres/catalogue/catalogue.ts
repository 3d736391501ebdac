import type {
  Catalogue,
  DatabaseSnapshot,
  SchemaSummary,
  TableSnapshot,
  TableSummary,
  TypeSnapshot,
  ViewSnapshot,
} from '../../../schema/snapshot.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Session } from '../../dialect.js'
import type { PostgresServer } from '../server.js'

export class PostgresCatalogue implements Catalogue {
  constructor(_session: Session, _server: PostgresServer) {}

  async snapshot(): Promise<DatabaseSnapshot> {
    throw new Error('skeleton')
  }

  async table(_name: TableName): Promise<TableSnapshot | undefined> {
    throw new Error('skeleton')
  }

  async tables(_schema?: string): Promise<readonly TableSummary[]> {
    throw new Error('skeleton')
  }

  async views(_schema?: string): Promise<readonly ViewSnapshot[]> {
    throw new Error('skeleton')
  }

  async types(_schema?: string): Promise<readonly TypeSnapshot[]> {
    throw new Error('skeleton')
  }

  async schemas(): Promise<readonly SchemaSummary[]> {
    throw new Error('skeleton')
  }
}
