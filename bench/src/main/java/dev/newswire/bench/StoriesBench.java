// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.stories.EngineRun;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How fast copies and stories are found, on one thread. The texts are made up: 300 words whose
 * frequencies follow Zipf's law, with a hundred words of each event's own; one article in ten is a
 * copy. Nothing is read from a folder.
 */
final class StoriesBench {

  private static final int VOCABULARY = 60_000;
  private static final int WORDS = 300;
  private static final int MEASURED = 10_000;
  private static final int RESTORED = 100_000;
  private static final Duration WINDOW = Duration.ofDays(4);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random = new Random(19);
  private final List<EnrichedArticle> recent = new ArrayList<>();

  private StoriesBench() {}

  /** Rates with 20,000 and with 200,000 live articles, heap an article, and time to restore. */
  static void rates() {
    live(20_000, 3_000);
    live(200_000, 1_500);
    restore();
  }

  private static void live(int number, int wanted) {
    StoriesBench wire = new StoriesBench();
    long before = heap();
    EngineRun run = new EngineRun(false);
    for (int i = 0; i < number; i++) {
      run.accept(wire.next(i, number));
    }
    wire.recent.clear();
    long bytes = (heap() - before) / number;
    List<EnrichedArticle> articles = new ArrayList<>();
    for (int i = number; i < number + MEASURED; i++) {
      articles.add(wire.next(i, number));
    }
    long written = 0;
    long begin = processorTime();
    for (EnrichedArticle article : articles) {
      written += run.accept(article);
    }
    double seconds = (processorTime() - begin) / 1e9;
    System.out.printf(
        "stories, %,d live: %,.0f articles/s (wanted %,d), %,d bytes of heap an article, %.1f"
            + " records written for each%n",
        number, MEASURED / seconds, wanted, bytes, (double) written / MEASURED);
  }

  private static void restore() {
    StoriesBench wire = new StoriesBench();
    EngineRun run = new EngineRun(true);
    for (int i = 0; i < RESTORED; i++) {
      run.accept(wire.next(i, RESTORED));
    }
    long begin = processorTime();
    run.restore();
    System.out.printf(
        "stories, %,d live: restored in %.1f s from bytes in memory%n",
        RESTORED, (processorTime() - begin) / 1e9);
  }

  /** Of this thread alone, in nanoseconds: what others do on the machine does not count. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The article of a number, at a moment that leaves so many in the window. */
  private EnrichedArticle next(int number, int live) {
    Instant when = START.plus(WINDOW.multipliedBy(number).dividedBy(live));
    EnrichedArticle article;
    if (!recent.isEmpty() && random.nextInt(10) == 0) {
      EnrichedArticle original = recent.get(random.nextInt(recent.size()));
      article = article(number, when, original.getArticle().getBody(), original.getEntities());
      article.getArticle().setHeadline(original.getArticle().getHeadline());
    } else {
      int event = (int) (number * 0.3) - random.nextInt(200);
      article = article(number, when, body(event), entities(event));
      article.getArticle().setHeadline(words(event, 8));
    }
    if (recent.size() == 500) {
      recent.set(random.nextInt(500), article);
    } else {
      recent.add(article);
    }
    return article;
  }

  private static EnrichedArticle article(
      int number, Instant when, String body, List<Entity> entities) {
    String provider = "p" + number % 20;
    return EnrichedArticle.newBuilder()
        .setArticle(
            Article.newBuilder()
                .setId(provider + "/" + number)
                .setProvider(provider)
                .setItemId("" + number)
                .setFeed("bench")
                .setRevision(
                    Revision.newBuilder().setReceivedAt(when).setContentHash("" + number).build())
                .setPublished(when)
                .setStatus(Status.USABLE)
                .setHeadline("")
                .setBody(body)
                .build())
        .setLanguage("en")
        .setEntities(entities)
        .setTopics(List.of())
        .setStamp(
            EnrichmentStamp.newBuilder().setEnricher(1).setTaxonomy(1L).setModel("bench").build())
        .build();
  }

  private String body(int event) {
    return words(event, WORDS);
  }

  /** A third of the words are the event's own. */
  private String words(int event, int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      if (random.nextInt(3) == 0) {
        text.append(name(VOCABULARY + Math.floorMod(event * 31 + random.nextInt(40), 400_000)));
      } else {
        text.append(name((int) Math.pow(VOCABULARY, random.nextDouble())));
      }
      text.append(i % 20 == 19 ? ".\n" : " ");
    }
    return text.toString();
  }

  private static String name(int number) {
    StringBuilder word = new StringBuilder();
    for (int left = number + 26; left > 0; left /= 26) {
      word.append((char) ('a' + left % 26));
    }
    // An ending that is no plural's.
    return word.append('o').toString();
  }

  private List<Entity> entities(int event) {
    List<Entity> entities = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String key = "Q" + Math.floorMod(event * 7 + i * random.nextInt(3), 5_000);
      entities.add(
          Entity.newBuilder()
              .setKind(EntityKind.PERSON)
              .setName(key)
              .setWikidataId(key)
              .setSalience(0.5f)
              .setMentions(List.of())
              .build());
    }
    return entities;
  }
}
