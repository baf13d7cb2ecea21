-- Every revision that came, where --keep-revisions asks for them. For audit: also what was killed.
CREATE TABLE revisions (
  article_id      text NOT NULL,
  version         text NOT NULL,
  version_created timestamptz,
  received_at     timestamptz NOT NULL,
  content_hash    text NOT NULL,
  status          text NOT NULL,
  status_reason   text,
  canceled_by     text,
  headline        text NOT NULL,
  body            text NOT NULL,
  enricher        bigint NOT NULL,
  taxonomy        bigint NOT NULL,
  entity_list     bigint NOT NULL,
  failures        bigint NOT NULL,
  record          bytea NOT NULL,
  PRIMARY KEY (article_id, received_at, content_hash, version)
);

CREATE VIEW published_articles AS
  SELECT number, article_id, provider, item_id, feed, url, version, version_created, received_at,
    first_created, published, to_char(published AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, expires, urgency, language,
    headline, slugline, byline, dateline, body
  FROM articles
  WHERE status = 'usable'
    AND (NOT embargoed OR embargo_until <= now());

CREATE VIEW withdrawn_articles AS
  SELECT article_id, provider, feed, status, status_reason, canceled_by, version_created,
    received_at
  FROM articles
  WHERE status <> 'usable';

CREATE VIEW published_entities AS
  SELECT a.article_id, a.published, a.day, e.*
  FROM article_entities e JOIN published_articles a ON a.number = e.article_number;

CREATE VIEW published_topics AS
  SELECT a.article_id, a.published, a.day, t.*
  FROM article_topics t JOIN published_articles a ON a.number = t.article_number;

CREATE VIEW topic_counts_by_hour AS
  SELECT to_char(published AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00"Z"') AS hour, topic, max(label) AS label,
    count(*) AS articles
  FROM published_topics
  GROUP BY 1, 2;

CREATE VIEW entity_counts_by_day AS
  SELECT day, kind, name, wikidata_id, count(*) AS articles, sum(mention_count) AS mentions
  FROM published_entities
  GROUP BY 1, 2, 3, 4;

CREATE VIEW entity_pairs AS
  SELECT a.article_id, a.published, a.day,
    a.kind AS kind, a.name AS name, a.wikidata_id AS wikidata_id,
    b.kind AS other_kind, b.name AS other_name, b.wikidata_id AS other_wikidata_id
  FROM published_entities a
    JOIN article_entities b ON b.article_number = a.article_number
  WHERE b.kind <> a.kind OR b.name <> a.name;

CREATE VIEW feeds AS
  SELECT provider, feed, count(*) AS articles, min(received_at) AS first_received,
    max(received_at) AS last_received
  FROM articles
  GROUP BY provider, feed;

CREATE VIEW providers AS
  SELECT provider, count(DISTINCT feed) AS feeds, count(*) AS articles,
    min(received_at) AS first_received, max(received_at) AS last_received
  FROM articles
  GROUP BY provider;
