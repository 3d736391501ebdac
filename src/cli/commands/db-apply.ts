import { renamed } from '../command.js'
import { command as long } from './migrate.js'

export const command = renamed(long, ['tidemark db:apply', 'tidemark db:apply --pretend'])
