// A catalogue, loaded when it is first asked something: a command that finds nothing to do reads none.

import type { Catalogue } from '../schema/snapshot.js'
import type { TableName } from '../schema/table-name.js'
import { once } from '../support/once.js'

export class LazyCatalogue implements Catalogue {
  readonly #loaded: () => Promise<Catalogue>

  constructor(load: () => Promise<Catalogue>) {
    this.#loaded = once(load)
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
}
