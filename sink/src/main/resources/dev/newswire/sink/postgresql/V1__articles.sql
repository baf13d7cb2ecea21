CREATE SEQUENCE article_numbers;
CREATE TABLE articles (
  number            bigint PRIMARY KEY,
  article_id        text NOT NULL UNIQUE,
  provider          text NOT NULL,
  item_id           text NOT NULL,
  feed              text NOT NULL,
  url               text,
  version           text,
  version_created   timestamptz,
  received_at       timestamptz NOT NULL,
  first_created     timestamptz,
  published         timestamptz NOT NULL,
  status            text NOT NULL CHECK (status IN ('usable', 'withheld', 'canceled')),
  status_reason     text,
  canceled_by       text,
  embargoed         boolean NOT NULL,
  embargo_until     timestamptz,
  expires           timestamptz,
  urgency           bigint,
  language          text,
  headline          text NOT NULL,
  slugline          text,
  byline            text,
  dateline          text,
  body              text NOT NULL,
  enricher          bigint NOT NULL,
  taxonomy          bigint NOT NULL,
  entity_list       bigint NOT NULL,
  model             text NOT NULL,
  current_record    bytea NOT NULL,
  content_record    bytea
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_provider ON articles (provider, published);

CREATE TABLE article_entities (
  article_number bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  kind           text NOT NULL CHECK (kind IN ('person', 'organisation', 'place')),
  name           text NOT NULL,
  name_words     text NOT NULL,
  wikidata_id    text,
  country        text,
  latitude       double precision,
  longitude      double precision,
  salience       double precision NOT NULL,
  mention_count  bigint NOT NULL,
  mentions       jsonb NOT NULL
);
CREATE INDEX article_entities_article ON article_entities (article_number);
CREATE INDEX article_entities_name ON article_entities (name);
CREATE INDEX article_entities_wikidata ON article_entities (wikidata_id);

CREATE TABLE article_topics (
  article_number bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  topic          text NOT NULL,
  label          text NOT NULL,
  origin         text NOT NULL CHECK (origin IN ('rule', 'provider')),
  strength       double precision NOT NULL,
  evidence       jsonb NOT NULL
);
CREATE INDEX article_topics_article ON article_topics (article_number);
CREATE INDEX article_topics_topic ON article_topics (topic, article_number);

-- Words as English stems, without stop words, so that a phrase is found as it stands.
CREATE TEXT SEARCH DICTIONARY newswire_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION newswire (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION newswire ALTER MAPPING REPLACE english_stem WITH newswire_stem;
CREATE TABLE article_text (
  article_number bigint PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
  words          tsvector NOT NULL
);
CREATE INDEX article_text_words ON article_text USING gin (words);

CREATE TABLE consumer_offsets (
  consumer_group text NOT NULL,
  topic          text NOT NULL,
  partition      integer NOT NULL,
  generation     bigint NOT NULL,
  next_offset    bigint,
  PRIMARY KEY (consumer_group, topic, partition)
);
