// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.search;

import dev.newswire.cli.options.DataOptions;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.operations.Csv;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import dev.newswire.sink.Facet;
import dev.newswire.sink.Hit;
import dev.newswire.sink.Search;
import dev.newswire.sink.SearchQuery;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire search}: reads the store back. */
@Command(
    name = "search",
    description = {
      "Search the stored articles: those that are usable and not under embargo.",
      "",
      "WORDS are words to find, \"phrases\" and -excluded words, in headline and body: all of the",
      "first, none of the last. Other forms of an English word are found too. Without words all",
      "articles are found, the newest first."
    })
public final class SearchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;
  @Mixin private StoreOptions store;

  @Parameters(arity = "0..*", paramLabel = "WORDS", description = "Words to find.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--topic",
      paramLabel = "ID",
      description = "Only articles of this topic. Given more than once: of all of them.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--entity",
      paramLabel = "NAME",
      description =
          "Only articles that name this person, organisation or place: a name, a word of it, or a"
              + " Wikidata id such as Q7747. Given more than once: all of them.")
  private List<String> entities = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Only articles of this provider. Given more than once: of any of them.")
  private List<String> providers = new ArrayList<>();

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description =
          "Only articles in this language, such as en. Given more than once: in any of them.")
  private List<String> languages = new ArrayList<>();

  private Status status = Status.USABLE;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "usable, withheld or canceled. Of canceled articles only who, when and why are shown,"
              + " never the text. Default: usable.")
  void setStatus(String name) {
    status =
        switch (name) {
          case "usable" -> Status.USABLE;
          case "withheld" -> Status.WITHHELD;
          case "canceled" -> Status.CANCELED;
          default -> throw wrong("--status", name, "status; it is usable, withheld or canceled");
        };
  }

  private SearchQuery.Sort sort = SearchQuery.Sort.RELEVANCE;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      description =
          "relevance or time, the newest first. Default: relevance where there are words to find.")
  void setSort(String name) {
    sort =
        switch (name) {
          case "relevance" -> SearchQuery.Sort.RELEVANCE;
          case "time" -> SearchQuery.Sort.TIME;
          default -> throw wrong("--sort", name, "order; it is relevance or time");
        };
  }

  private Optional<Facet.By> by = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description =
          "Count the articles found by topic, entity, provider, day or story, instead of showing"
              + " them.")
  void setBy(String name) {
    by =
        Optional.of(
            switch (name) {
              case "topic" -> Facet.By.TOPIC;
              case "entity" -> Facet.By.ENTITY;
              case "provider" -> Facet.By.PROVIDER;
              case "day" -> Facet.By.DAY;
              case "story" -> Facet.By.STORY;
              default ->
                  throw wrong(
                      "--by", name, "kind of count; it is topic, entity, provider, day or story");
            });
  }

  @Option(
      names = "--story",
      paramLabel = "ID",
      description = "Only articles of this story: see newswire stories list.")
  private String story;

  @Option(
      names = "--no-copies",
      description =
          "Of articles with one text only the earliest, with the number of the others. This is the"
              + " default where articles are shown to people.")
  private boolean noCopies;

  @Option(
      names = "--copies",
      description = "Every article. This is the default of --json, --csv, --count and --by.")
  private boolean copies;

  private ParameterException wrong(String option, String given, String allowed) {
    return new ParameterException(
        spec.commandLine(), option + ": '" + given + "' is no " + allowed);
  }

  @Option(
      names = "--since",
      paramLabel = "MOMENT",
      description = "Only articles published at this moment or later: 7d, 2026-01-31, an ISO time.")
  private OptionTypes.Moment since;

  @Option(
      names = "--until",
      paramLabel = "MOMENT",
      description = "Only articles published before this moment.")
  private OptionTypes.Moment until;

  private int limit = 20;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "Most articles to show, from 1 to 10000. Default: 20.")
  void setLimit(int number) {
    limit = OptionTypes.inRange(spec, "--limit", number, 1, 10_000);
  }

  private int offset;

  @Option(
      names = "--offset",
      paramLabel = "NUMBER",
      description = "Articles to leave out first, from 0 to 1000000. Default: 0.")
  void setOffset(int number) {
    offset = OptionTypes.inRange(spec, "--offset", number, 0, 1_000_000);
  }

  @Option(names = "--count", description = "Only print how many articles are found.")
  private boolean count;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Option(
      names = "--csv",
      description = "Comma-separated values under a line of headings, for programs and sheets.")
  private boolean csv;

  @Override
  public Integer call() {
    if (json && csv) {
      throw new ParameterException(spec.commandLine(), "--json and --csv: give one of them");
    }
    if (copies && noCopies) {
      throw new ParameterException(
          spec.commandLine(), "--copies and --no-copies: give one of them");
    }
    PrintWriter out = spec.commandLine().getOut();
    SearchQuery query = query();
    try (Search search = store.database(data.folder()).search()) {
      if (count) {
        out.println(search.count(query));
      } else if (by.isPresent()) {
        print(out, search.count(query, by.get()));
      } else {
        print(out, search, query);
      }
    }
    return ExitCode.OK;
  }

  private SearchQuery query() {
    Instant now = Clock.systemUTC().instant();
    return new SearchQuery(
        String.join(" ", words),
        topics,
        entities,
        providers,
        languages,
        Optional.ofNullable(since).map(moment -> moment.before(now)),
        Optional.ofNullable(until).map(moment -> moment.before(now)),
        Optional.ofNullable(story),
        withCopies(),
        status,
        sort,
        limit,
        offset);
  }

  private boolean withCopies() {
    boolean forPrograms = json || csv || count || by.isPresent();
    return copies || (!noCopies && (forPrograms || status != Status.USABLE));
  }

  private void print(PrintWriter out, Search search, SearchQuery query) {
    List<Hit> hits = search.find(query);
    if (json) {
      hits.forEach(
          hit -> JsonLines.print(out, generator -> ArticleJson.write(generator, hit.record())));
    } else if (csv) {
      Csv.print(out, CSV_HEADINGS);
      hits.forEach(hit -> Csv.print(out, csv(hit.record())));
    } else {
      Terminal terminal = Terminal.current();
      Map<String, Integer> others =
          query.copies()
              ? Map.of()
              : search.copies(hits.stream().map(hit -> hit.record().getArticle().getId()).toList());
      hits.forEach(hit -> print(out, terminal, hit, others));
      long total = search.count(query);
      out.println(
          terminal.faint(
              total == 0
                  ? "nothing found"
                  : hits.size() + " of " + total + (total == 1 ? " article" : " articles")));
    }
  }

  private void print(PrintWriter out, List<Facet> facets) {
    if (json) {
      facets.forEach(
          facet ->
              JsonLines.print(
                  out,
                  generator -> {
                    generator.writeStringField("value", facet.value());
                    generator.writeStringField("detail", facet.detail());
                    generator.writeNumberField("articles", facet.articles());
                  }));
    } else if (csv) {
      Csv.print(out, List.of("value", "detail", "articles"));
      facets.forEach(
          facet ->
              Csv.print(
                  out, List.of(facet.value(), facet.detail(), Long.toString(facet.articles()))));
    } else if (facets.isEmpty()) {
      out.println("nothing found");
    } else {
      bars(out, facets);
    }
  }

  /** A bar for each count, as long as its share of the largest. */
  private static void bars(PrintWriter out, List<Facet> facets) {
    long most = facets.stream().mapToLong(Facet::articles).max().orElse(1);
    Table table = new Table("VALUE", "-ARTICLES", "", "");
    for (Facet facet : facets) {
      int eighths = (int) Math.max(1, facet.articles() * BAR * 8 / most);
      String bar = "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : BLOCKS.charAt(eighths % 8));
      table.row(facet.value(), facet.articles(), bar, facet.detail());
    }
    table.print(out, Terminal.current());
  }

  private static final int BAR = 24;
  private static final String BLOCKS = " ▏▎▍▌▋▊▉";

  private static final List<String> CSV_HEADINGS =
      List.of(
          "id",
          "provider",
          "published",
          "status",
          "language",
          "headline",
          "topics",
          "entities",
          "url");

  private static List<String> csv(EnrichedArticle record) {
    Article article = record.getArticle();
    boolean killed = article.getStatus() == Status.CANCELED;
    return List.of(
        article.getId(),
        article.getProvider(),
        article.getPublished().toString(),
        article.getStatus().name().toLowerCase(Locale.ROOT),
        record.getLanguage() == null ? "" : record.getLanguage(),
        killed ? "" : article.getHeadline(),
        killed
            ? ""
            : record.getTopics().stream().map(Topic::getId).collect(Collectors.joining(" ")),
        killed
            ? ""
            : record.getEntities().stream().map(Entity::getName).collect(Collectors.joining("; ")),
        article.getUrl() == null ? "" : article.getUrl());
  }

  private static void print(
      PrintWriter out, Terminal terminal, Hit hit, Map<String, Integer> copies) {
    Article article = hit.record().getArticle();
    if (article.getStatus() == Status.CANCELED) {
      out.println(terminal.bold(Table.printable(article.getId())));
      out.println(
          terminal.faint(
              "canceled "
                  + Timestamps.minutes(
                      article.getRevision().getVersionCreated() == null
                          ? article.getRevision().getReceivedAt()
                          : article.getRevision().getVersionCreated())
                  + (article.getCanceledBy() == null
                      ? ""
                      : "  by " + Table.printable(article.getCanceledBy()))));
      out.println("  " + Table.printable(text(article.getStatusReason(), "no reason given")));
      out.println();
      return;
    }
    out.println(terminal.bold(highlighted(terminal, hit.headline())));
    out.println(
        terminal.faint(
            Timestamps.minutes(article.getPublished())
                + "  "
                + Table.printable(article.getId() + topics(hit.record()))
                + others(copies.getOrDefault(article.getId(), 0))));
    String names =
        hit.record().getEntities().stream()
            .limit(6)
            .map(Entity::getName)
            .collect(Collectors.joining(" · "));
    if (!names.isEmpty()) {
      out.println(Table.printable(names));
    }
    out.println("  " + highlighted(terminal, hit.excerpt()));
    out.println();
  }

  private static String others(int copies) {
    return copies == 0 ? "" : "  +" + copies + (copies == 1 ? " copy" : " copies");
  }

  private static String text(String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private static String topics(EnrichedArticle record) {
    return record.getTopics().stream()
        .map(topic -> "  #" + topic.getId())
        .collect(Collectors.joining());
  }

  private static String highlighted(Terminal terminal, String text) {
    StringBuilder result = new StringBuilder();
    int from = 0;
    while (true) {
      int start = text.indexOf(Hit.START, from);
      int end = start < 0 ? -1 : text.indexOf(Hit.END, start);
      if (end < 0) {
        return result.append(Table.printable(text.substring(from))).toString();
      }
      result
          .append(Table.printable(text.substring(from, start)))
          .append(terminal.highlighted(Table.printable(text.substring(start + 1, end))));
      from = end + 1;
    }
  }
}
