import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE password_resets (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id BIGINT UNSIGNED NOT NULL,
        token_hash CHAR(64) NOT NULL,
        expires_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        used_at TIMESTAMP NULL,
        created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        UNIQUE KEY password_resets_token_hash_unique (token_hash),
        KEY password_resets_user_id_index (user_id),
        KEY password_resets_expires_at_index (expires_at),
        CONSTRAINT password_resets_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS password_resets;
    `)
  },
})
