// Queries in PostgreSQL's SQL; Kysely's compiler does the wording. Values stand as `?`, as on every dialect, and so the
// operators of that sign are written twice: the session gives the server its own `$1`.

import {
  BinaryOperationNode,
  type JSONPathLegNode,
  type JSONPathNode,
  type OperationNode,
  OperatorNode,
  PostgresQueryCompiler,
} from 'kysely'
import type { Value } from '../../schema/expression.js'
import type { QueryCompiler } from '../query-compiler.js'
import { quoteString } from './sql/literal.js'
import { quoteTable } from './sql/names.js'

/** `is` compares with null and truth values only; elsewhere it compares anything, null among it. */
const nullSafe: Readonly<Record<string, 'is not distinct from' | 'is distinct from'>> = {
  is: 'is not distinct from',
  'is not': 'is distinct from',
}

const patterns: readonly string[] = ['like', 'not like', 'ilike', 'not ilike']

class Compiler extends PostgresQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '?'
  }

  protected override visitOperator(node: OperatorNode): void {
    this.append(node.operator.replaceAll('?', '??'))
  }

  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand, operator, rightOperand } = node
    const word = OperatorNode.is(operator) ? operator.operator : ''
    const safe = nullSafe[word]
    if (safe !== undefined && isCompared(rightOperand)) {
      super.visitBinaryOperation(
        BinaryOperationNode.create(leftOperand, OperatorNode.create(safe), rightOperand),
      )
    } else if (patterns.includes(word)) {
      // Numbers and dates match patterns elsewhere; here they have to be text first. Laravel does so too.
      this.visitNode(leftOperand)
      this.append(`::text ${word} `)
      this.visitNode(rightOperand)
    } else super.visitBinaryOperation(node)
  }

  /** A path is a chain of operators, of which the last gives text: `->'a'->0->>'b'`. */
  protected override visitJSONPath({ pathLegs }: JSONPathNode): void {
    for (const [index, leg] of pathLegs.entries()) {
      this.append(index === pathLegs.length - 1 ? '->>' : '->')
      this.visitNode(leg)
    }
  }

  protected override visitJSONPathLeg({ type, value }: JSONPathLegNode): void {
    this.append(type === 'ArrayLocation' ? String(value) : quoteString(String(value)))
  }
}

/** Whether an operand is a value or a column, rather than a word of SQL such as `null`. */
function isCompared(operand: OperationNode): boolean {
  return operand.kind === 'ReferenceNode' || (operand.kind === 'ValueNode' && !('immediate' in operand))
}

const compiler = new Compiler()

export const queryCompiler: QueryCompiler = {
  // Their number is sent in 16 bits: https://www.postgresql.org/docs/current/limits.html
  maxBindings: 65_535,
  returnsInsertedId: true,

  compile(query) {
    const { sql, parameters } = compiler.compileQuery(query, { queryId: 'tidemark' })
    // Each parameter came in through a ValueNode, and the query layer puts only values into those.
    return { sql, bindings: parameters as readonly Value[] }
  },

  /**
   * The row's place, and the table that the place is in: partitions and inheriting tables count their rows each. Unlike a
   * key it does not fit a row that another transaction changes meanwhile, so that two workers never take the same one.
   */
  rowLocator: () => ['tableoid', 'ctid'],

  /** Not of the tables that reference it, as CASCADE would: the server refuses where there are such. */
  truncate: (table) => [{ sql: `truncate table ${quoteTable(table)} restart identity`, bindings: [] }],
}
