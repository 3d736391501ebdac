// The types of the user's and of extensions: each session asks the server once what a type of that kind is, because an
// array of enum labels and a domain over integers are not to be read as text.

import type { Wire } from './wire.js'
import { type Decoder, arrayDecoder, builtInDecoder, readText } from './values.js'

interface OwnType {
  /** What a domain is made of. */
  readonly base: number
  /** What an array holds. */
  readonly element: number
  readonly delimiter: string
}

export class OwnTypes {
  readonly #wire: Wire
  readonly #types = new Map<number, OwnType>()
  readonly #decoders = new Map<number, Decoder>()

  constructor(wire: Wire) {
    this.#wire = wire
  }

  /** How to read columns of these types. */
  async decoders(types: readonly number[]): Promise<readonly Decoder[]> {
    let unknown = this.#unknownOf(types)
    while (unknown.length > 0) unknown = this.#unknownOf(await this.#learn(unknown))
    return types.map((type) => this.#decoderOf(type))
  }

  #unknownOf(types: readonly number[]): number[] {
    return types.filter((type) => builtInDecoder(type) === undefined && !this.#types.has(type))
  }

  /** @returns the types that those asked for are made of */
  async #learn(types: readonly number[]): Promise<readonly number[]> {
    // Only what is written in braces is an array: oidvector is one by its elements and not by its text.
    const { rows } = await this.#wire.run(
      `select oid, typbasetype, case when typcategory = 'A' and typlen = -1 then typelem else 0 end, typdelim ` +
        `from pg_catalog.pg_type where oid in (${[...new Set(types)].join(', ')})`,
    )
    for (const [type, base, element, delimiter] of rows) {
      this.#types.set(Number(type), {
        base: Number(base),
        element: Number(element),
        delimiter: delimiter ?? ',',
      })
    }
    // One that was dropped in the meantime is not looked for again.
    for (const type of types) if (!this.#types.has(type)) this.#types.set(type, textType)
    return types.flatMap((type) => partsOf(this.#types.get(type)))
  }

  #decoderOf(type: number): Decoder {
    const known = builtInDecoder(type) ?? this.#decoders.get(type)
    if (known !== undefined) return known
    const { base, element, delimiter } = this.#types.get(type) ?? textType
    const decoder =
      base !== 0
        ? this.#decoderOf(base)
        : element !== 0
          ? arrayDecoder(this.#decoderOf(element), delimiter)
          : readText
    this.#decoders.set(type, decoder)
    return decoder
  }
}

const textType: OwnType = { base: 0, element: 0, delimiter: ',' }

function partsOf(type: OwnType | undefined): number[] {
  return [type?.base ?? 0, type?.element ?? 0].filter((part) => part !== 0)
}
