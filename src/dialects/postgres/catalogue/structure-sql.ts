// One query for all that is asked of the catalogue about some tables and views, as one JSON document: a round trip costs
// more than reading. Each part is a list of rows with the `relation` that they are of, see structure.ts for their shape.

/** A name that means what the first schema of the search path is, or the temporary one, is given without or as `pg_temp`. */
export const shownSchema =
  "case when n.nspname = current_schema() then null when n.oid = pg_my_temp_schema() then 'pg_temp' else n.nspname end"

/** What users make: no system schemas, no temporary tables of other sessions. */
export const isOfUsers =
  "n.nspname <> 'information_schema' and (n.nspname !~ '^pg_' or n.oid = pg_my_temp_schema())"

/** What an extension has made for itself is not the user's. */
export function isNotOfExtension(catalogue: string, oid: string): string {
  return (
    `not exists (select 1 from pg_depend x where x.classid = '${catalogue}'::regclass ` +
    `and x.objid = ${oid} and x.deptype = 'e')`
  )
}

const relations = `
  select w.oid::int8 as relation, ${shownSchema} as schema, c.relname as name, c.relkind as kind,
    c.relpersistence as persistence, obj_description(c.oid, 'pg_class') as comment, c.reloptions as parameters,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionKey",
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as "partitionBound",
    (select coalesce(json_agg(i.inhparent::regclass::text order by i.inhseqno), '[]')
      from pg_inherits i where i.inhrelid = c.oid) as parents,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition
  from wanted w join pg_class c on c.oid = w.oid join pg_namespace n on n.oid = c.relnamespace`

const columns = `
  select a.attrelid::int8 as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    t.typname as "typeName", not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as expression,
    a.attgenerated as generated, a.attidentity as identity,
    case when a.attcollation <> t.typcollation then l.collname end as collation, e.description as comment
  from wanted w
  join pg_attribute a on a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_collation l on l.oid = a.attcollation
  left join pg_description e
    on e.objoid = a.attrelid and e.classoid = 'pg_class'::regclass and e.objsubid = a.attnum
  order by a.attrelid, a.attnum`

/** The names behind an array of column numbers, in its order. */
const namesOf = (relation: string, numbers: string): string =>
  `(select json_agg(a.attname order by k.place) from unnest(${numbers}) with ordinality k (number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`

// A key that references a partitioned table has a row for each of the partitions too, which is left out.
const constraints = `
  select o.conrelid::int8 as relation, o.conname as name, o.contype as kind, o.convalidated as validated,
    o.condeferrable as deferrable, o.condeferred as deferred,
    case when o.contype <> 'c' then ${namesOf('o.conrelid', 'o.conkey')} end as columns,
    case when o.contype = 'f' then ${shownSchema} end as "foreignSchema", f.relname as "foreignTable",
    case when o.contype = 'f' then ${namesOf('o.confrelid', 'o.confkey')} end as "foreignColumns",
    o.confupdtype as "onUpdate", o.confdeltype as "onDelete",
    case when o.contype = 'c' then pg_get_expr(o.conbin, o.conrelid) end as expression
  from wanted w
  join pg_constraint o on o.conrelid = w.oid and o.contype in ('p', 'f', 'c')
  left join pg_constraint p on p.oid = o.conparentid
  left join pg_class f on f.oid = nullif(o.confrelid, 0)
  left join pg_namespace n on n.oid = f.relnamespace
  where p.conrelid is distinct from o.conrelid
  order by o.conrelid, o.conname`

const indexColumn = `json_build_object(
  'column', a.attname,
  'expression', case when k.number = 0 then pg_get_indexdef(i.indexrelid, k.place::int, false) end,
  'isKey', k.place <= i.indnkeyatts,
  'options', i.indoption[k.place - 1],
  'collation', case when i.indcollation[k.place - 1] not in (0, coalesce(a.attcollation, l.oid)) then l.collname end,
  'operatorClass', case when not s.opcdefault then s.opcname end)`

const indexes = (hasNullsNotDistinct: boolean): string => `
  select i.indrelid::int8 as relation, c.relname as name, m.amname as method, i.indisunique as unique,
    i.indisvalid as valid, ${hasNullsNotDistinct ? 'i.indnullsnotdistinct' : 'false'} as "nullsNotDistinct",
    o.contype is not null as "isConstraint", o.condeferrable as deferrable, o.condeferred as deferred,
    pg_get_expr(i.indpred, i.indrelid) as condition,
    (select json_agg(${indexColumn} order by k.place) from unnest(i.indkey) with ordinality k (number, place)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number <> 0
      left join pg_collation l on l.oid = i.indcollation[k.place - 1]
      left join pg_opclass s on s.oid = i.indclass[k.place - 1]) as columns
  from wanted w
  join pg_index i on i.indrelid = w.oid and not i.indisprimary
  join pg_class c on c.oid = i.indexrelid
  join pg_am m on m.oid = c.relam
  left join pg_constraint o on o.conindid = i.indexrelid and o.contype in ('u', 'x')`

// A trigger of a partitioned table is on each of its partitions as well, which is left out.
const triggers = `
  select t.tgrelid::int8 as relation, t.tgname as name, pg_get_triggerdef(t.oid) as sql
  from wanted w join pg_trigger t on t.tgrelid = w.oid and not t.tgisinternal and t.tgparentid = 0`

/** The query for the relations of pg_class `c`, in pg_namespace `n`, that meet a condition. */
export function structureSql(condition: string, version: number): string {
  const parts = Object.entries({
    relations,
    columns,
    constraints,
    indexes: indexes(version >= 150_000),
    triggers,
  }).map(([name, sql]) => `'${name}', (select coalesce(json_agg(r), '[]') from (${sql}) r)`)
  return (
    'with wanted as materialized (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace ' +
    `where ${condition} and ${isOfUsers} and ${isNotOfExtension('pg_class', 'c.oid')}) ` +
    `select json_build_object(${parts.join(', ')}) as structure`
  )
}
