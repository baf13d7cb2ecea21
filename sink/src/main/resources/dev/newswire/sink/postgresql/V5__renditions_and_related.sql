-- Pictures, video, sound and documents that come with an article, in its order. Rows are made when
-- an article is stored: one that an older version stored has none before it is stored again.
CREATE TABLE article_renditions (
  article_number bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  place          bigint NOT NULL,
  href           text NOT NULL,
  media_type     text,
  size           bigint,
  width          bigint,
  height         bigint,
  caption        text,
  credit         text
);
CREATE INDEX article_renditions_article ON article_renditions (article_number);

-- Other articles that an article names.
CREATE TABLE article_related (
  article_number     bigint NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
  place              bigint NOT NULL,
  relation           text NOT NULL,
  related_article_id text NOT NULL,
  url                text,
  title              text
);
CREATE INDEX article_related_article ON article_related (article_number);

CREATE VIEW published_renditions AS
  SELECT a.article_id, a.published, a.day, r.*
  FROM article_renditions r JOIN published_articles a ON a.number = r.article_number;

CREATE VIEW published_related AS
  SELECT a.article_id, a.published, a.day, r.*
  FROM article_related r JOIN published_articles a ON a.number = r.article_number;
