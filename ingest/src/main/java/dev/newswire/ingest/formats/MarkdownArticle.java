// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.ingest.moments.Moments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * An article in Markdown (CommonMark), as people keep what they clip: front matter, a heading,
 * {@code By [Agency](address)}, a line with the date, pictures with captions, the text, related
 * articles, and where it came from.
 */
final class MarkdownArticle implements TextFormat {

  private static final Pattern BYLINE =
      Pattern.compile(
          "(?:By|Von|Par|Por|Di|Door|Av)[: ]\\s*(\\S.{0,200})", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE_LABEL =
      Pattern.compile("(?i)^(?:published|updated|date|posted|last updated)(?: on| at)?[: ]+");
  private static final Pattern RELATED =
      Pattern.compile(
          "(?i)^(?:related (?:articles?|stor(?:y|ies)|news|content|reading)|read (?:also|more)|see also)\\s*:.*",
          Pattern.DOTALL);
  private static final Pattern ORIGINAL =
      Pattern.compile(
          "(?i)^(?:original (?:url|link|article|source|post)|source url|permalink|url|link)\\s*:?\\s*(\\S*)\\s*$");
  private static final Pattern CAPTION =
      Pattern.compile("(?i)^(?:photo|picture|image|caption|file photo)\\b.{0,500}", Pattern.DOTALL);
  private static final Pattern CREDIT =
      Pattern.compile("(?i)(?:photo(?: by)?|credit|image) ?[:/] ?([^)\\]:]{2,120}+)[)\\]]?$");

  /** A name and an agency behind a sentence, as agencies sign their pictures. */
  private static final Pattern SIGNED =
      Pattern.compile("[.!?] (\\p{Lu}[^.!?/:]{1,60}+/ ?\\p{Lu}[^.!?/:]{1,40}+)$");

  private static final Pattern HEAD =
      Pattern.compile(
          "(?m)^(?:#{1,2} \\S.*|By \\[[^\\]\\n]{1,200}\\]\\([^)\\n]{1,2000}\\).*|!\\[[^\\]\\n]{0,500}\\]\\([^)\\n]{1,2000}\\).*)$");
  private static final int LONGEST_ARTICLE = 2 * 1024 * 1024;
  private static final int LOOKED_AT = 4000;
  private static final int LONGEST_DATE = 60;
  private static final int LONGEST_HEADLINE = 300;
  private static final int DEEPEST = 60;

  private final Parser parser = Parser.builder().build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public boolean recognises(String text) {
    String opening = text.substring(0, Math.min(text.length(), LOOKED_AT)).replace("\r", "");
    int start = Documents.firstMark(opening, 0);
    char first = start < opening.length() ? opening.charAt(start) : ' ';
    if (first == '<' || first == '{') {
      return false;
    }
    return FrontMatter.of(opening).isPresent() || HEAD.matcher(opening).find();
  }

  @Override
  public void parse(String text, Reading reading) {
    reading.item(() -> List.of(article(text, reading)));
  }

  private Draft article(String document, Reading reading) throws Rejection {
    if (document.length() > LONGEST_ARTICLE) {
      throw new Rejection("The text is longer than %d characters.".formatted(LONGEST_ARTICLE));
    }
    String text = document.replace("\r\n", "\n").replace('\r', '\n');
    text = text.startsWith("\ufeff") ? text.substring(1) : text;
    Optional<FrontMatter> front = FrontMatter.of(text);
    Node root = parser.parse(front.map(FrontMatter::rest).orElse(text));
    if (depth(root) > DEEPEST) {
      throw new Rejection("The text is nested deeper than %d levels.".formatted(DEEPEST));
    }
    return new Article(reading).read(root, front.map(FrontMatter::fields).orElse(Map.of()));
  }

  /** How deep a tree is; looked at without recursion, for it is from outside. */
  private static int depth(Node root) {
    Deque<Node> nodes = new ArrayDeque<>(List.of(root));
    Deque<Integer> depths = new ArrayDeque<>(List.of(0));
    int deepest = 0;
    while (!nodes.isEmpty()) {
      Node node = nodes.pop();
      int depth = depths.pop();
      deepest = Math.max(deepest, depth);
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        nodes.push(child);
        depths.push(depth + 1);
      }
    }
    return deepest;
  }

  /** One article while it is read: its head, as long as no text has come, and its text. */
  private final class Article {

    private final Reading reading;
    private final Draft draft;
    private final String base;
    private final List<String> paragraphs = new ArrayList<>();
    private final StringBuilder html = new StringBuilder();
    private String published = "";
    private String address = "";
    private boolean isAfterPicture;
    private boolean isAfterRelated;

    Article(Reading reading) {
      this.reading = reading;
      draft = reading.draft();
      base = reading.delivery().source();
    }

    Draft read(Node root, Map<String, List<String>> front) throws Rejection {
      front(front);
      for (Node block = root.getFirstChild(); block != null; block = block.getNext()) {
        block(block);
      }
      if (draft.headline().isEmpty() && paragraphs.isEmpty()) {
        throw new Rejection("The Markdown has neither a headline nor a text.");
      }
      draft.published(published).url(address, base);
      draft.itemId(
          draft.url().isEmpty() ? "" : Addresses.identity(draft.url(), reading.tracking()));
      draft.derivedFrom(draft.headline(), published.isEmpty() ? draft.body() : published);
      draft.bodyHtml(html.toString());
      draft.body(String.join("\n\n", paragraphs));
      return draft.revisedWhenPublished();
    }

    private void front(Map<String, List<String>> fields) {
      fields.forEach(
          (name, values) -> {
            String value = String.join(", ", values);
            switch (name) {
              case "title", "headline" -> draft.headline(value);
              case "author", "authors", "byline", "by" -> draft.byline(AuthorNames.of(value));
              case "date", "published", "publishdate", "published_at", "pubdate" ->
                  published = value;
              case "updated", "modified", "lastmod" -> draft.versionCreated(value);
              case "url", "link", "original_url", "original", "source_url", "canonical" ->
                  address = value;
              case "source", "agency", "publisher", "provider" -> draft.source(value);
              case "language", "lang" -> draft.language(value);
              case "tags", "keywords", "categories", "category" -> draft.keywords(values);
              case "slug", "slugline" -> draft.slugline(value);
              default -> {}
            }
          });
    }

    private void block(Node block) {
      String text = MarkdownText.of(block);
      if (block instanceof Heading && draft.headline().isEmpty() && paragraphs.isEmpty()) {
        draft.headline(text);
      } else if (block instanceof Heading
          && text.equals(draft.headline())
          && paragraphs.isEmpty()) {
        isAfterPicture = false;
      } else if (isRelated(block, text) || isOriginal(block, text) || isPicture(block)) {
        return;
      } else if (block instanceof Paragraph && paragraphs.isEmpty() && isHead(block, text)) {
        isAfterPicture = false;
      } else if (isAfterPicture && MarkdownText.isEmphasis(block)) {
        caption(text);
      } else if (!text.isBlank()) {
        paragraphs.add(PlainText.lines(MarkdownText.running(block)));
        html.append(renderer.render(block));
        isAfterPicture = false;
      }
    }

    /** Byline, date, and a headline without a heading; each on a line of its own. */
    private boolean isHead(Node block, String text) {
      List<String> left = new ArrayList<>();
      for (String line : text.lines().map(String::strip).toList()) {
        Matcher byline = BYLINE.matcher(line);
        if (byline.matches()) {
          byline(block, byline.group(1));
        } else if (published.isEmpty() && isDate(line)) {
          published = DATE_LABEL.matcher(line).replaceFirst("");
        } else if (!line.isEmpty()) {
          left.add(line);
        }
      }
      boolean isHeadline =
          left.size() == 1
              && draft.headline().isEmpty()
              && left.get(0).length() <= LONGEST_HEADLINE
              && block.getNext() != null;
      if (isHeadline) {
        draft.headline(left.get(0));
      }
      return left.isEmpty() || isHeadline;
    }

    private void byline(Node block, String name) {
      List<String> parts = List.of(name.split(" [|•·–—-] ", 2));
      draft.byline(AuthorNames.of(parts.get(0)));
      if (parts.size() > 1 && published.isEmpty() && isDate(parts.get(1))) {
        published = DATE_LABEL.matcher(parts.get(1)).replaceFirst("");
      }
      MarkdownText.links(block).forEach(link -> draft.source(MarkdownText.of(link)));
    }

    private boolean isDate(String line) {
      String plain = DATE_LABEL.matcher(line).replaceFirst("");
      return !plain.isEmpty()
          && plain.length() <= LONGEST_DATE
          && plain.chars().anyMatch(Character::isDigit)
          && Moments.read(plain, reading.delivery().timeZone()).isPresent();
    }

    private boolean isRelated(Node block, String text) {
      List<Link> links = MarkdownText.links(block);
      boolean isLabel = RELATED.matcher(text).matches() && (!links.isEmpty() || text.length() < 40);
      boolean isRest = isAfterRelated && !links.isEmpty() && isOnlyLinks(text, links);
      isAfterRelated = isLabel && links.isEmpty();
      if (isLabel || isRest) {
        for (Link link : links) {
          Addresses.absolute(link.getDestination(), base)
              .ifPresent(
                  url ->
                      draft.related(
                          "associated-with",
                          Addresses.identity(url, reading.tracking()),
                          url,
                          MarkdownText.of(link)));
        }
      }
      return isLabel || isRest;
    }

    private boolean isOnlyLinks(String text, List<Link> links) {
      int linked = links.stream().mapToInt(link -> MarkdownText.of(link).length()).sum();
      return linked * 2 > text.length();
    }

    private boolean isOriginal(Node block, String text) {
      Matcher original = ORIGINAL.matcher(PlainText.line(text));
      if (!original.matches()) {
        return false;
      }
      List<Link> links = MarkdownText.links(block);
      String given = links.isEmpty() ? original.group(1) : links.get(0).getDestination();
      if (Addresses.isWeb(given)) {
        address = address.isEmpty() ? given : address;
        return true;
      }
      return false;
    }

    private boolean isPicture(Node block) {
      List<Image> images = MarkdownText.images(block);
      if (images.isEmpty()) {
        return false;
      }
      String beside = MarkdownText.withoutImages(block);
      for (Image image : images) {
        String caption = Optional.ofNullable(image.getTitle()).orElse("");
        String alt = MarkdownText.ofChildren(image);
        picture(image.getDestination(), caption.isBlank() ? alt : caption);
      }
      isAfterPicture = beside.isBlank();
      boolean isCaption =
          !beside.isBlank()
              && block instanceof Paragraph
              && (MarkdownText.isEmphasisBesideImages(block) || CAPTION.matcher(beside).matches());
      if (isCaption) {
        caption(beside);
      }
      return isAfterPicture || isCaption;
    }

    private void picture(String href, String caption) {
      Addresses.absolute(href, base)
          .or(() -> Optional.of(href))
          .ifPresent(
              address ->
                  draft.rendition(Renditions.of(address, "image", "", caption, credit(caption))));
    }

    /** The caption that stands under the last picture. */
    private void caption(String text) {
      draft.lastRendition(PlainText.line(text), credit(PlainText.line(text)));
      isAfterPicture = false;
    }

    private String credit(String caption) {
      Matcher credit = CREDIT.matcher(caption);
      if (credit.find()) {
        return credit.group(1).strip();
      }
      Matcher signed = SIGNED.matcher(caption);
      return signed.find() ? signed.group(1).strip() : "";
    }
  }

  /** The fields that stand before a text, between lines of three hyphens. */
  private record FrontMatter(Map<String, List<String>> fields, String rest) {

    private static final Pattern FENCED =
        Pattern.compile("\\A\\ufeff?\\s*---[ \\t]*\\n((?:(?!---).*\\n){1,60})---[ \\t]*(?:\\n|$)");
    private static final Pattern FIELD = Pattern.compile("([\\w -]{1,40}):[ \\t]*(.*)");

    static Optional<FrontMatter> of(String text) {
      Matcher fenced = FENCED.matcher(text);
      if (!fenced.find()) {
        return Optional.empty();
      }
      Map<String, List<String>> fields = new java.util.LinkedHashMap<>();
      List<String> last = new ArrayList<>();
      for (String line : fenced.group(1).lines().toList()) {
        Matcher field = FIELD.matcher(line);
        if (field.matches() && !line.startsWith(" ") && !line.startsWith("-")) {
          last = new ArrayList<>(values(field.group(2)));
          String name = field.group(1).strip().toLowerCase(Locale.ROOT).replace(' ', '_');
          fields.put(name.replace('-', '_'), last);
        } else if (line.strip().startsWith("- ")) {
          last.add(unquoted(line.strip().substring(2)));
        }
      }
      return fields.isEmpty()
          ? Optional.empty()
          : Optional.of(new FrontMatter(fields, text.substring(fenced.end())));
    }

    private static List<String> values(String text) {
      String value = text.strip();
      if (!value.startsWith("[") || !value.endsWith("]")) {
        return value.isEmpty() ? List.of() : List.of(unquoted(value));
      }
      List<String> values = new ArrayList<>();
      for (String part : value.substring(1, value.length() - 1).split(",", -1)) {
        values.add(unquoted(part));
      }
      return values;
    }

    private static String unquoted(String text) {
      String value = text.strip();
      boolean isQuoted =
          value.length() > 1
              && (value.charAt(0) == '"' || value.charAt(0) == '\'')
              && value.charAt(value.length() - 1) == value.charAt(0);
      return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
  }
}
