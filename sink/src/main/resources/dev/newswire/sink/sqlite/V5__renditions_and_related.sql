-- Pictures, video, sound and documents that come with an article, in its order. Rows are made when
-- an article is stored: one that an older version stored has none before it is stored again.
CREATE TABLE article_renditions (
  article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  place          INTEGER NOT NULL,
  href           TEXT NOT NULL,
  media_type     TEXT,
  size           INTEGER,
  width          INTEGER,
  height         INTEGER,
  caption        TEXT,
  credit         TEXT
);
CREATE INDEX article_renditions_article ON article_renditions (article_number);

-- Other articles that an article names.
CREATE TABLE article_related (
  article_number     INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  place              INTEGER NOT NULL,
  relation           TEXT NOT NULL,
  related_article_id TEXT NOT NULL,
  url                TEXT,
  title              TEXT
);
CREATE INDEX article_related_article ON article_related (article_number);

CREATE VIEW published_renditions AS
  SELECT a.article_id, a.published, a.day, r.*
  FROM article_renditions r JOIN published_articles a ON a.number = r.article_number;

CREATE VIEW published_related AS
  SELECT a.article_id, a.published, a.day, r.*
  FROM article_related r JOIN published_articles a ON a.number = r.article_number;
