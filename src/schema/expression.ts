// A piece of SQL that the user wrote and that is taken as it stands, never quoted and never bound.

/** Raw SQL, made by `db.raw('…')`, where otherwise a value would stand. */
export class Expression {
  readonly sql: string

  constructor(sql: string) {
    this.sql = sql
  }
}

/** A value that can be bound to a statement. `undefined` is not one: it is an error, never a condition left out. */
export type Value = string | number | bigint | boolean | null | Date | Uint8Array

/** What `default(…)` takes. An object or array becomes its JSON text. */
export type DefaultValue = Value | Expression | readonly unknown[] | Readonly<Record<string, unknown>>
