-- Which articles tell of one event, and which carry one text. The stage stories decides; an article
-- may come before its assignment or after it, so that nothing refers to the articles.
CREATE TABLE stories (
  story_id        text PRIMARY KEY,
  merged_into     text,
  language        text,
  first_published timestamptz,
  last_published  timestamptz,
  articles        bigint NOT NULL,
  originals       bigint NOT NULL,
  providers       jsonb NOT NULL,
  entities        jsonb NOT NULL,
  topics          jsonb NOT NULL,
  hours           jsonb NOT NULL
);
CREATE INDEX stories_last ON stories (last_published);
CREATE INDEX stories_articles ON stories (articles);

CREATE TABLE story_articles (
  article_id text PRIMARY KEY,
  story_id   text NOT NULL,
  copy_group text,
  copy_of    text,
  score      double precision NOT NULL,
  published  timestamptz NOT NULL,
  generation bigint NOT NULL
);
CREATE INDEX story_articles_story ON story_articles (story_id, published);
CREATE INDEX story_articles_copies ON story_articles (copy_group);

CREATE VIEW published_story_articles AS
  SELECT s.story_id, s.article_id, s.copy_group, s.copy_of, s.score, s.published,
    a.number, a.provider, a.feed, a.received_at, a.version_created, a.first_created, a.headline,
    a.url, a.language
  FROM story_articles s JOIN published_articles a ON a.article_id = s.article_id;

-- What a reader may see of a story now: its counts and its headline follow from the articles that may
-- be shown at this moment. The lead is the earliest with a headline.
CREATE VIEW published_stories AS
  SELECT s.story_id, s.language, lead.article_id AS lead, lead.headline,
    (SELECT min(p.published) FROM published_story_articles p WHERE p.story_id = s.story_id)
      AS first_published,
    (SELECT max(p.published) FROM published_story_articles p WHERE p.story_id = s.story_id)
      AS last_published,
    (SELECT count(*) FROM published_story_articles p WHERE p.story_id = s.story_id) AS articles,
    (SELECT count(DISTINCT coalesce(p.copy_group, p.article_id)) FROM published_story_articles p
      WHERE p.story_id = s.story_id) AS originals,
    (SELECT count(DISTINCT p.provider) FROM published_story_articles p
      WHERE p.story_id = s.story_id) AS providers,
    s.entities, s.topics, s.hours, s.articles AS size
  FROM stories s JOIN published_articles lead ON lead.article_id =
    (SELECT p.article_id FROM published_story_articles p WHERE p.story_id = s.story_id
      ORDER BY p.headline = '', p.published, p.article_id LIMIT 1)
  WHERE s.merged_into IS NULL;

CREATE VIEW copies AS
  SELECT copy_group, coalesce(copy_of, article_id) AS original, article_id, story_id, provider,
    published, received_at, version_created, headline
  FROM published_story_articles
  WHERE copy_group IS NOT NULL;

CREATE VIEW story_counts_by_hour AS
  SELECT story_id, to_char(published AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00"Z"') AS hour,
    count(*) AS articles
  FROM published_story_articles
  GROUP BY 1, 2;
