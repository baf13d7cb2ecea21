-- Which articles tell of one event, and which carry one text. The stage stories decides; an article
-- may come before its assignment or after it, so that nothing refers to the articles.
CREATE TABLE stories (
  story_id        TEXT PRIMARY KEY,
  merged_into     TEXT,
  language        TEXT,
  first_published TEXT,
  last_published  TEXT,
  articles        INTEGER NOT NULL,
  originals       INTEGER NOT NULL,
  providers       TEXT NOT NULL,
  entities        TEXT NOT NULL,
  topics          TEXT NOT NULL,
  hours           TEXT NOT NULL
);
CREATE INDEX stories_last ON stories (last_published);
CREATE INDEX stories_articles ON stories (articles);

CREATE TABLE story_articles (
  article_id TEXT PRIMARY KEY,
  story_id   TEXT NOT NULL,
  copy_group TEXT,
  copy_of    TEXT,
  score      REAL NOT NULL,
  published  TEXT NOT NULL,
  generation INTEGER NOT NULL
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
  SELECT story_id, strftime('%Y-%m-%dT%H:00Z', published) AS hour, count(*) AS articles
  FROM published_story_articles
  GROUP BY 1, 2;
