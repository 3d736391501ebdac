// The catalogue, loaded when it is first asked something.

import type { Catalogue } from '../../../schema/snapshot.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Session } from '../../dialect.js'

export class LazyCatalogue implements Catalogue {
  readonly #session: Session
  #catalogue: Promise<Catalogue> | undefined

  constructor(session: Session) {
    this.#session = session
  }

  async snapshot() {
    return await (await this.#loaded()).snapshot()
  }

  async table(name: TableName) {
    return await (await this.#loaded()).table(name)
  }

  async tables(schema?: string) {
    return await (await this.#loaded()).tables(schema)
  }

  async views(schema?: string) {
    return await (await this.#loaded()).views(schema)
  }

  async types(schema?: string) {
    return await (await this.#loaded()).types(schema)
  }

  async schemas() {
    return await (await this.#loaded()).schemas()
  }

  #loaded(): Promise<Catalogue> {
    const catalogue =
      this.#catalogue ?? import('./catalogue.js').then((m) => new m.SqliteCatalogue(this.#session))
    this.#catalogue = catalogue
    return catalogue
  }
}
