export function placeholders(_sql: string): readonly number[] {
  throw new Error('skeleton')
}
