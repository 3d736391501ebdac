// Triggers and functions with statements inside, made by one string of SQL as each database writes them.

import { expect, inject, test } from 'vitest'
import type { DialectName } from '../../../src/schema/dialect-name.js'
import { openDatabase } from './open.js'

interface Script {
  readonly make: string
  /** Gives 42 as `v`, where the database has functions of the user's own. */
  readonly call: string | undefined
  readonly drop: string
}

const mysql: Script = {
  make: `
    create table t (v integer); create table log (what varchar(20));
    create trigger logged after insert on t for each row begin
      insert into log values ('one;'); -- begin;
      if new.v > 1 then insert into log values ("it\\'s;"); end if;
    end;
    delimiter //
    create function twice(a integer) returns integer deterministic begin
      declare b integer default a;
      return a + b;
    end//
    delimiter ;
    insert into t values (2)`,
  call: 'select twice(21) as v',
  drop: 'drop trigger logged; drop function twice;',
}

const scripts: Readonly<Record<DialectName, Script>> = {
  sqlite: {
    make: `
      create table t (v integer); create table log (what varchar(20));
      create trigger logged after insert on t begin
        insert into log values ('one;'); -- begin;
        insert into log select case when new.v > 1 then 'it''s;' end;
      end;
      insert into t values (2)`,
    call: undefined,
    drop: 'drop trigger logged;',
  },
  postgres: {
    make: `
      create table t (v integer); create table log (what varchar(20));
      create function log_it() returns trigger language plpgsql as $$ begin
        insert into log values ('one;'); -- begin;
        if new.v > 1 then insert into log values (E'it\\'s;'); end if;
        return new;
      end $$;
      create trigger logged after insert on t for each row execute function log_it();
      create function twice(a integer) returns integer language sql begin atomic
        select 1;
        select case when a is null then 0 else a * 2 end;
      end;
      insert into t values (2)`,
    call: 'select twice(21) as v',
    drop: 'drop trigger logged on t; drop function log_it(); drop function twice(integer);',
  },
  mysql,
  mariadb: mysql,
}

test('a trigger and a function with bodies are made, do their work and are dropped', async () => {
  const { make, call, drop } = scripts[inject('dialect')]
  const { db } = await openDatabase()

  await db.exec(make)

  expect(await db.select('select what from log order by what')).toEqual([{ what: "it's;" }, { what: 'one;' }])
  if (call !== undefined) expect(await db.scalar(call)).toBe(42)

  await db.exec(drop)
  await db.exec('insert into t values (3)')

  expect(await db.select('select what from log')).toHaveLength(2)
  if (call !== undefined) await expect(db.scalar(call)).rejects.toMatchObject({ name: 'QueryError' })
})
