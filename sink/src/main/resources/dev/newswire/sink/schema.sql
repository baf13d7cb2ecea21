CREATE TABLE articles (
  number            INTEGER PRIMARY KEY,
  article_id        TEXT NOT NULL UNIQUE,
  provider          TEXT NOT NULL,
  item_id           TEXT NOT NULL,
  feed              TEXT NOT NULL,
  url               TEXT,
  version           TEXT,
  version_created   INTEGER,
  received_at       INTEGER NOT NULL,
  first_created     INTEGER,
  published         INTEGER NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('usable', 'withheld', 'canceled')),
  status_reason     TEXT,
  canceled_by       TEXT,
  embargoed         INTEGER NOT NULL,
  embargo_until     INTEGER,
  expires           INTEGER,
  urgency           INTEGER,
  language          TEXT,
  headline          TEXT NOT NULL,
  slugline          TEXT,
  byline            TEXT,
  dateline          TEXT,
  body              TEXT NOT NULL,
  enricher          INTEGER NOT NULL,
  taxonomy          INTEGER NOT NULL,
  entity_list       INTEGER NOT NULL,
  model             TEXT NOT NULL,
  current_record    BLOB NOT NULL,
  content_record    BLOB NOT NULL
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_provider ON articles (provider, published);
CREATE TABLE article_entities (
  article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  kind           TEXT NOT NULL,
  name           TEXT NOT NULL,
  wikidata_id    TEXT,
  country        TEXT,
  latitude       REAL,
  longitude      REAL,
  salience       REAL NOT NULL,
  mentions       INTEGER NOT NULL
);
CREATE INDEX article_entities_article ON article_entities (article_number);
CREATE INDEX article_entities_name ON article_entities (name COLLATE NOCASE);
CREATE INDEX article_entities_wikidata ON article_entities (wikidata_id);
CREATE TABLE article_topics (
  article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  topic          TEXT NOT NULL,
  label          TEXT NOT NULL,
  origin         TEXT NOT NULL,
  strength       REAL NOT NULL,
  evidence       TEXT NOT NULL
);
CREATE INDEX article_topics_article ON article_topics (article_number);
CREATE INDEX article_topics_topic ON article_topics (topic);
CREATE VIRTUAL TABLE article_text USING fts5 (
  headline, body, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TABLE consumer_offsets (
  consumer_group TEXT NOT NULL,
  topic          TEXT NOT NULL,
  partition      INTEGER NOT NULL,
  generation     INTEGER NOT NULL,
  next_offset    INTEGER,
  PRIMARY KEY (consumer_group, topic, partition)
) WITHOUT ROWID;
CREATE VIEW published_articles AS
  SELECT * FROM articles
  WHERE status = 'usable'
    AND (embargoed = 0 OR embargo_until <= CAST(strftime('%s', 'now') AS INTEGER) * 1000);
