// Data: insert, updateOrInsert, insertGetId, inside a transaction.
import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.transaction(async () => {
      const id = await db.table('users').insertGetId({
        email: 'ada@example.com',
        name: 'Ada',
        fullname: 'Ada Lovelace',
        created_at: new Date('2016-02-01T12:00:00Z'),
      })
      for (const name of ['Engines', 'Looms'])
        await db.table('companies').updateOrInsert({ name }, { user_id: id })
      await db.table('companies').updateOrInsert({ name: 'Looms' }, { user_id: null })
      const companies = await db.table('companies').pluck('id', 'name')
      await db.table('assets').insert([
        {
          tag: 'A1',
          company_id: Number(companies['Engines']),
          owner_id: id,
          price: 10.5,
          meta: '{"colour":"red"}',
        },
        { tag: 'A2', company_id: Number(companies['Looms']), owner_id: id, price: null, meta: null },
        { tag: 'A3', company_id: null, owner_id: id, price: 3, meta: '{"colour":"blue"}' },
      ])
    })
  },
  async down({ db }) {
    await db.table('assets').whereIn('tag', ['A1', 'A2', 'A3']).delete()
    await db.table('companies').whereIn('name', ['Engines', 'Looms']).delete()
    await db.table('users').where('email', 'ada@example.com').delete()
  },
})
