// What a column's value is read as, by the type that the server says it has. Values come as text; a type that is not
// named here stays text: uuid, inet, enums, intervals, ranges, geometry, tsvector and all that extensions bring.

import { readArray } from './arrays.js'
import { readTimestamp } from './timestamps.js'

export type Decoder = (text: string) => unknown

/** The types that are not text, with those of their arrays: src/include/catalog/pg_type.dat of PostgreSQL. */
const readTypes: readonly (readonly [type: number, array: number, decoder: Decoder])[] = [
  [16, 1000, (text) => text === 't'], // bool
  [17, 1001, readBytes], // bytea
  [20, 1016, readInteger], // int8
  [21, 1005, Number], // int2
  [23, 1007, Number], // int4
  [26, 1028, Number], // oid
  [114, 199, readJson], // json
  [700, 1021, Number], // float4
  [701, 1022, Number], // float8
  [1114, 1115, readTimestamp], // timestamp
  [1184, 1185, readTimestamp], // timestamptz
  [3802, 3807, readJson], // jsonb
]

/** The arrays of types that stay text. */
const textArrays: readonly number[] = [
  143, // xml[]
  651, // cidr[]
  719, // circle[]
  775, // macaddr8[]
  791, // money[]
  1002, // char[]
  1003, // name[]
  1008, // regproc[]
  1009, // text[]
  1010, // tid[]
  1011, // xid[]
  1012, // cid[]
  1014, // bpchar[]
  1015, // varchar[]
  1017, // point[]
  1018, // lseg[]
  1019, // path[]
  1027, // polygon[]
  629, // line[]
  1034, // aclitem[]
  1040, // macaddr[]
  1041, // inet[]
  1182, // date[]
  1183, // time[]
  1187, // interval[]
  1231, // numeric[]
  1263, // cstring[]
  1270, // timetz[]
  1561, // bit[]
  1563, // varbit[]
  2210, // regclass[]
  2211, // regtype[]
  2951, // uuid[]
  3643, // tsvector[]
  3645, // tsquery[]
  3905, // int4range[]
  3907, // numrange[]
  3909, // tsrange[]
  3911, // tstzrange[]
  3913, // daterange[]
  3927, // int8range[]
  4073, // jsonpath[]
]

/** The array of boxes, whose elements have commas of their own. */
const boxArray = 1020

const decoders: ReadonlyMap<number, Decoder> = new Map([
  ...readTypes.flatMap(([type, array, decoder]): [number, Decoder][] => [
    [type, decoder],
    [array, arrayDecoder(decoder)],
  ]),
  ...textArrays.map((array): [number, Decoder] => [array, arrayDecoder(readText)]),
  [boxArray, arrayDecoder(readText, ';')],
])

/** The first number that a type made by a user or an extension can have: FirstNormalObjectId of PostgreSQL. */
const firstOwnType = 16_384

/** Undefined for a type of the user's or an extension's, of which only the server knows what it is. */
export function builtInDecoder(type: number): Decoder | undefined {
  return decoders.get(type) ?? (type < firstOwnType ? readText : undefined)
}

export function arrayDecoder(decoder: Decoder, delimiter = ','): Decoder {
  return (text) => readArray(text, delimiter, decoder)
}

export function readText(text: string): string {
  return text
}

function readInteger(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

function readJson(text: string): unknown {
  return JSON.parse(text)
}

/** `\x0aff`, or the older form in which a backslash stands before itself and before three octal digits. */
function readBytes(text: string): Buffer {
  if (text.startsWith('\\x')) return Buffer.from(text.slice(2), 'hex')
  const plain = text.replaceAll(/\\(\\|[0-7]{3})/g, (_whole, escaped: string) =>
    escaped === '\\' ? escaped : String.fromCharCode(Number.parseInt(escaped, 8)),
  )
  return Buffer.from(plain, 'latin1')
}
