// Queries in the SQL of MySQL and MariaDB; Kysely's compiler does the wording. Loading Kysely takes longer than many a
// migration, so this module is imported when the first query is made, and by nothing that is loaded before.

import {
  type AliasNode,
  type BinaryOperationNode,
  type DeleteQueryNode,
  FromNode,
  IdentifierNode,
  type InsertQueryNode,
  type JSONPathNode,
  type JSONReferenceNode,
  type LimitNode,
  MysqlQueryCompiler,
  type OnConflictNode,
  type OperationNode,
  type OperatorNode,
  type RawNode,
  type ReferenceNode,
  type SelectQueryNode,
  type UpdateQueryNode,
  type ValueNode,
} from 'kysely'
import type { Value } from '../../schema/expression.js'
import type { TableSnapshot } from '../../schema/snapshot.js'
import type { QueryCompiler } from '../query-compiler.js'
import { standsAlone, tablesRead } from './query-tables.js'
import type { Flavour } from './server.js'
import { quoteTable } from './sql/names.js'

/** The largest that LIMIT takes: https://dev.mysql.com/doc/refman/9.7/en/select.html */
const unlimited: LimitNode = { kind: 'LimitNode', limit: raw('18446744073709551615') }

/** By this name updates of an upsert speak of the row that was to be inserted. */
const insertedRow = 'excluded'

class Compiler extends MysqlQueryCompiler {
  readonly #flavour: Flavour
  /** The table that the statement changes. */
  #target: string | undefined

  constructor(flavour: Flavour) {
    super()
    this.#flavour = flavour
  }

  /** OFFSET stands only behind LIMIT. */
  protected override visitSelectQuery(node: SelectQueryNode): void {
    const needsLimit = node.offset !== undefined && node.limit === undefined
    const limited = needsLimit ? { ...node, limit: unlimited } : node
    super.visitSelectQuery(this.#hasToBeTable(limited) ? asTable(limited) : limited)
  }

  /**
   * A statement cannot read the table that it changes, nor can IN look into rows with a LIMIT, except through a table that
   * stands in brackets: https://dev.mysql.com/doc/refman/9.7/en/subquery-restrictions.html
   */
  #hasToBeTable(node: SelectQueryNode): boolean {
    const parent = this.parentNode?.kind
    const isLimitedList = parent === 'BinaryOperationNode' && node.limit !== undefined
    const readsTarget =
      (parent === 'BinaryOperationNode' || parent === 'ColumnUpdateNode') &&
      this.#target !== undefined &&
      tablesRead(node).has(this.#target)
    return (isLimitedList || readsTarget) && standsAlone(node)
  }

  protected override visitUpdateQuery(node: UpdateQueryNode): void {
    this.#target = node.table && [...tablesRead(node.table)][0]
    super.visitUpdateQuery(node)
  }

  /** Of a table under another name, MariaDB deletes only where the statement says which of its tables is meant. */
  protected override visitDeleteQuery(node: DeleteQueryNode): void {
    this.#target = [...tablesRead(node.from)][0]
    const [from] = node.from.froms
    if (from?.kind !== 'AliasNode') return super.visitDeleteQuery(node)
    this.append('delete ')
    // The kind was just looked at.
    this.visitNode((from as AliasNode).alias)
    this.append(' ')
    this.visitNode(node.from)
    if (node.where === undefined) return
    this.append(' ')
    this.visitNode(node.where)
  }

  protected override visitInsertQuery(node: InsertQueryNode): void {
    const { defaultValues = false, ...rest } = node
    super.visitInsertQuery(defaultValues ? { ...rest, columns: [], values: raw('values ()') } : node)
  }

  /**
   * The keys are not named: any unique key of the table counts. What a row that is there already is to be left as, is set to
   * what it is; INSERT IGNORE would also pass over every other error of the row.
   */
  protected override visitOnConflict({ updates = [] }: OnConflictNode): void {
    // An insert is where this clause stands.
    const { columns = [] } = this.parentNode as InsertQueryNode
    const [unchanged] = columns
    // A row of defaults alone has no column that could be named; a duplicate is an error then.
    if (unchanged === undefined) return
    const namesRow =
      this.#flavour.insertedValue === 'row alias' && updates.some(({ value }) => isInserted(value))
    if (namesRow) this.append(`as \`${insertedRow}\` `)
    this.append('on duplicate key update ')
    if (updates.length > 0) this.compileList(updates)
    else this.#compare(unchanged, '=', unchanged)
  }

  protected override visitReference(node: ReferenceNode): void {
    if (this.#flavour.insertedValue === 'row alias' || !isInserted(node)) return super.visitReference(node)
    this.append('values(')
    this.visitNode(node.column)
    this.append(')')
  }

  /** The text at a path. What is `null` in the document is NULL, as where nothing is there; elsewhere that is so too. */
  protected override visitJSONReference({ reference, traversal }: JSONReferenceNode): void {
    this.append('json_unquote(nullif(json_extract(')
    this.visitNode(reference)
    this.append(', ')
    // The query layer writes paths alone, and the operator before them is what this function replaces.
    this.visitJSONPath({ kind: 'JSONPathNode', pathLegs: (traversal as JSONPathNode).pathLegs })
    this.append(this.#flavour.name === 'mysql' ? "), cast('null' as json)))" : "), 'null'))")
  }

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand, operator, rightOperand } = node
    // Operators are nodes of their own; the query layer makes no other.
    const word = (operator as OperatorNode).operator
    const isEqual = nullSafe[word]
    if (isEqual !== undefined && !isImmediate(rightOperand)) {
      this.append(isEqual ? '(' : '(not (')
      this.#compare(leftOperand, '<=>', rightOperand)
      this.append(isEqual ? ')' : '))')
    } else if (word === 'ilike' || word === 'not ilike') {
      const like = word.replace('ilike', 'like')
      if (leftOperand.kind === 'JSONReferenceNode') this.#compareLowered(leftOperand, like, rightOperand)
      else this.#compare(leftOperand, like, rightOperand)
    } else if (leftOperand.kind === 'JSONReferenceNode') {
      this.#compare(leftOperand, word, jsonOperand(rightOperand))
    } else super.visitBinaryOperation(node)
  }

  #compare(left: OperationNode, word: string, right: OperationNode): void {
    this.visitNode(left)
    this.append(` ${word} `)
    this.visitNode(right)
  }

  /**
   * LIKE goes by the collation of the column, and those that a table has unless told otherwise tell no case; that of JSON
   * does. A column is not lowered, because then no index of it would be used.
   */
  #compareLowered(left: OperationNode, word: string, right: OperationNode): void {
    this.append('lower(')
    this.visitNode(left)
    this.append(`) ${word} lower(`)
    this.visitNode(right)
    this.append(')')
  }
}

/** Comparisons that take null like any other value, and whether they ask for sameness. */
const nullSafe: Readonly<Record<string, boolean>> = {
  is: true,
  'is not distinct from': true,
  'is not': false,
  'is distinct from': false,
}

function raw(sql: string): RawNode {
  return { kind: 'RawNode', sqlFragments: [sql], parameters: [] }
}

/** `select * from (…)`. */
function asTable(node: SelectQueryNode): SelectQueryNode {
  const alias: AliasNode = { kind: 'AliasNode', node, alias: IdentifierNode.create('chosen_rows') }
  return {
    kind: 'SelectQueryNode',
    from: FromNode.create([alias]),
    selections: [{ kind: 'SelectionNode', selection: { kind: 'SelectAllNode' } }],
  }
}

function isInserted(node: OperationNode): boolean {
  // The kind says which node it is.
  return node.kind === 'ReferenceNode' && (node as ReferenceNode).table?.table.identifier.name === insertedRow
}

function isImmediate(node: OperationNode): boolean {
  // The same.
  return node.kind === 'ValueNode' && (node as ValueNode).immediate === true
}

/** In the text of a JSON value `true` is a word. */
function jsonOperand(node: OperationNode): OperationNode {
  if (node.kind !== 'ValueNode') return node
  // The same.
  const { value } = node as ValueNode
  return typeof value === 'boolean' ? ({ kind: 'ValueNode', value: String(value) } as ValueNode) : node
}

export function queryCompilerOf(flavour: Flavour): QueryCompiler {
  const compiler = new Compiler(flavour)
  return {
    // Their number is sent in 16 bits: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html
    maxBindings: 65_535,
    returnsInsertedId: false,
    compile(query) {
      const { sql, parameters } = compiler.compileQuery(query, { queryId: 'tidemark' })
      // Each parameter came in through a ValueNode, and the query layer puts only values into those.
      return { sql, bindings: parameters as readonly Value[] }
    },
    rowLocator,
    truncate: (table) => [{ sql: `truncate table ${quoteTable(table)}`, bindings: [] }],
  }
}

/** The primary key, or a unique key of columns that are never null; nothing else tells rows apart. */
function rowLocator({ primaryKey, indexes, columns }: TableSnapshot): readonly string[] {
  if (primaryKey !== undefined) return primaryKey.columns
  const required = new Set(columns.filter(({ nullable }) => !nullable).map(({ name }) => name))
  for (const index of indexes) {
    if (!index.unique) continue
    const names = index.columns.flatMap(({ column, length }) =>
      column !== undefined && length === undefined && required.has(column) ? [column] : [],
    )
    if (names.length === index.columns.length) return names
  }
  return []
}
