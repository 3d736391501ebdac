import { migration } from 'tidemark'

export default migration({
  async up({ db }) {
    await db.exec(`
      CREATE TABLE articles (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
        user_id BIGINT UNSIGNED NOT NULL,
        title VARCHAR(255) NOT NULL,
        slug VARCHAR(255) NOT NULL,
        body TEXT NOT NULL,
        status ENUM('draft', 'published', 'archived') NOT NULL DEFAULT 'draft',
        published_at TIMESTAMP NULL,
        created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        UNIQUE KEY articles_slug_unique (slug),
        KEY articles_user_id_index (user_id),
        KEY articles_status_published_at_index (status, published_at),
        CONSTRAINT articles_user_id_foreign FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    `)
  },

  async down({ db }) {
    await db.exec(`
      DROP TABLE IF EXISTS articles;
    `)
  },
})
