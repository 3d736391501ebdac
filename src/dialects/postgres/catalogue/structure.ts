// The rows that structure-sql.ts asks for, as JSON gives them.

import { groupBy } from '../../../support/group-by.js'

/** A list of rows each, with the relation that they are of. */
export interface Structure {
  readonly relations: readonly RelationRow[]
  readonly columns: readonly ColumnRow[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly triggers: readonly TriggerRow[]
}

interface OfRelation {
  readonly relation: number
}

export interface RelationRow extends OfRelation {
  readonly schema: string | null
  readonly name: string
  /** `r` table, `p` partitioned table, `f` foreign table, `v` view, `m` materialized view. */
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm'
  /** `p` permanent, `u` unlogged, `t` temporary. */
  readonly persistence: 'p' | 'u' | 't'
  readonly comment: string | null
  readonly parameters: readonly string[] | null
  readonly partitionKey: string | null
  readonly partitionBound: string | null
  readonly parents: readonly string[]
  readonly definition: string | null
}

export interface ColumnRow extends OfRelation {
  readonly name: string
  readonly type: string
  readonly typeName: string
  readonly nullable: boolean
  readonly expression: string | null
  /** `s` stored, `v` virtual. */
  readonly generated: '' | 's' | 'v'
  /** `a` always, `d` by default. */
  readonly identity: '' | 'a' | 'd'
  readonly collation: string | null
  readonly comment: string | null
}

export interface ConstraintRow extends OfRelation {
  readonly name: string
  /** `p` primary key, `f` foreign key, `c` check. */
  readonly kind: 'p' | 'f' | 'c'
  readonly validated: boolean
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly columns: readonly string[] | null
  readonly foreignSchema: string | null
  readonly foreignTable: string | null
  readonly foreignColumns: readonly string[] | null
  readonly onUpdate: string
  readonly onDelete: string
  readonly expression: string | null
}

export interface IndexRow extends OfRelation {
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly valid: boolean
  readonly nullsNotDistinct: boolean
  readonly isConstraint: boolean
  readonly deferrable: boolean | null
  readonly deferred: boolean | null
  readonly condition: string | null
  readonly columns: readonly IndexColumnRow[]
}

export interface IndexColumnRow {
  readonly column: string | null
  readonly expression: string | null
  readonly isKey: boolean
  /** Bits: 1 descending, 2 nulls first. None for a column that is only included. */
  readonly options: number | null
  readonly collation: string | null
  readonly operatorClass: string | null
}

export interface TriggerRow extends OfRelation {
  readonly name: string
  readonly sql: string
}

/** All that the catalogue says of one relation. */
export interface RelationFacts {
  readonly relation: RelationRow
  readonly columns: readonly ColumnRow[]
  readonly constraints: readonly ConstraintRow[]
  readonly indexes: readonly IndexRow[]
  readonly triggers: readonly TriggerRow[]
}

export function factsOf(structure: Structure): readonly RelationFacts[] {
  const columns = byRelation(structure.columns)
  const constraints = byRelation(structure.constraints)
  const indexes = byRelation(structure.indexes)
  const triggers = byRelation(structure.triggers)
  return structure.relations.map((relation) => ({
    relation,
    columns: columns.get(relation.relation) ?? [],
    constraints: constraints.get(relation.relation) ?? [],
    indexes: indexes.get(relation.relation) ?? [],
    triggers: triggers.get(relation.relation) ?? [],
  }))
}

function byRelation<Row extends OfRelation>(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  return groupBy(rows, ({ relation }) => relation)
}
