-- Moments are text such as 2026-03-02T12:00:00.000Z, in UTC, so that they sort.
CREATE TABLE articles (
  number            INTEGER PRIMARY KEY,
  article_id        TEXT NOT NULL UNIQUE,
  provider          TEXT NOT NULL,
  item_id           TEXT NOT NULL,
  feed              TEXT NOT NULL,
  url               TEXT,
  version           TEXT,
  version_created   TEXT,
  received_at       TEXT NOT NULL,
  first_created     TEXT,
  published         TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('usable', 'withheld', 'canceled')),
  status_reason     TEXT,
  canceled_by       TEXT,
  embargoed         INTEGER NOT NULL,
  embargo_until     TEXT,
  expires           TEXT,
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
  content_record    BLOB
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_provider ON articles (provider, published);

CREATE TABLE article_entities (
  article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  kind           TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'place')),
  name           TEXT NOT NULL,
  name_words     TEXT NOT NULL,
  wikidata_id    TEXT,
  country        TEXT,
  latitude       REAL,
  longitude      REAL,
  salience       REAL NOT NULL,
  mention_count  INTEGER NOT NULL,
  mentions       TEXT NOT NULL
);
CREATE INDEX article_entities_article ON article_entities (article_number);
CREATE INDEX article_entities_name ON article_entities (name);
CREATE INDEX article_entities_wikidata ON article_entities (wikidata_id);

CREATE TABLE article_topics (
  article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  topic          TEXT NOT NULL,
  label          TEXT NOT NULL,
  origin         TEXT NOT NULL CHECK (origin IN ('rule', 'provider')),
  strength       REAL NOT NULL,
  evidence       TEXT NOT NULL
);
CREATE INDEX article_topics_article ON article_topics (article_number);
CREATE INDEX article_topics_topic ON article_topics (topic, article_number);

CREATE VIRTUAL TABLE article_text USING fts5 (
  headline, body, tokenize = 'porter unicode61 remove_diacritics 2');

CREATE TABLE consumer_offsets (
  consumer_group TEXT NOT NULL,
  topic          TEXT NOT NULL,
  partition      INTEGER NOT NULL,
  generation     INTEGER NOT NULL,
  next_offset    INTEGER,
  PRIMARY KEY (consumer_group, topic, partition)
) WITHOUT ROWID;
