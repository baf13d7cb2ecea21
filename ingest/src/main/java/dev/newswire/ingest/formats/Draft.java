// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.ingest.moments.Moment;
import dev.newswire.ingest.moments.Moments;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ArticleId;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Embargo;
import dev.newswire.schemas.RelatedArticle;
import dev.newswire.schemas.Rendition;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Rights;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Subject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An article while it is being read. Parsers put in what the item says, as it says it; the rules
 * that hold for every format are here: clean text, clocks that run ahead, embargoes that cannot be
 * read, signals in headlines, derived ids. Blank values mean that the item does not say.
 */
final class Draft {

  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(24);
  private static final int DERIVED_ID_LENGTH = 32;
  private static final int MOST_WARNINGS = 50;
  static final int MOST_RENDITIONS = 100;

  /** A heading with which a text begins, perhaps within wrappers. */
  private static final Pattern FIRST_HEADING =
      Pattern.compile(
          "(?i)^\\s{0,50}+(?:<(?:div|article|section|block|body|header)(?=[\\s>])[^>]{0,300}+>\\s{0,50}+){0,5}+"
              + "<h[1-3l](?=[\\s>/\\d])");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final Delivery delivery;
  private final Article article = new Article();
  private final Revision revision = new Revision();
  private final Set<String> signals = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private final List<Subject> subjects = new ArrayList<>();
  private final List<RelatedArticle> related = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Rights rights = new Rights();
  private Optional<Instant> published = Optional.empty();
  private String itemId = "";
  private List<String> derivedFrom = List.of();
  private boolean isRevisedWhenPublished;
  private final List<Rendition> renditions = new ArrayList<>();

  Draft(Delivery delivery) {
    this.delivery = delivery;
    article.setStatus(Status.USABLE);
    article.setHeadline("");
    article.setBody("");
  }

  /** The provider's time zone. */
  ZoneId timeZone() {
    return delivery.timeZone();
  }

  Instant receivedAt() {
    return delivery.receivedAt();
  }

  /** The provider's own id of the article. */
  Draft itemId(String id) {
    itemId = PlainText.line(id);
    return this;
  }

  /** What the id is derived from where the item has none: all that identifies the article. */
  Draft derivedFrom(String... parts) {
    derivedFrom = List.of(parts);
    return this;
  }

  Draft url(String address) {
    return url(address, delivery.source());
  }

  /** The article's address, relative to a base. */
  Draft url(String address, String base) {
    set(Addresses.absolute(address, base).orElse(""), article::setUrl);
    return this;
  }

  String url() {
    return article.getUrl() == null ? "" : article.getUrl();
  }

  Draft version(String version) {
    set(version, revision::setVersion);
    String stripped = version.strip();
    if (NUMBER.matcher(stripped).matches()) {
      revision.setVersionNumber(Long.valueOf(stripped));
    }
    return this;
  }

  Draft versionCreated(String text) {
    moment(text, "version's date").ifPresent(this::versionCreated);
    return this;
  }

  Draft versionCreated(Instant moment) {
    revision.setVersionCreated(clamped(moment));
    return this;
  }

  Draft firstCreated(String text) {
    moment(text, "first date").ifPresent(first -> article.setFirstCreated(clamped(first)));
    return this;
  }

  Draft published(String text) {
    moment(text, "date").ifPresent(this::published);
    return this;
  }

  /**
   * Says that the article's own date stands for its revision's where it gives none: of two texts
   * the one with the later date is the newer.
   */
  Draft revisedWhenPublished() {
    isRevisedWhenPublished = true;
    return this;
  }

  private void dateRevision() {
    if (isRevisedWhenPublished
        && revision.getVersionCreated() == null
        && !signals.contains(Signals.CLOCK_AHEAD)) {
      published.ifPresent(
          moment -> {
            revision.setVersionCreated(moment);
            revision.setDatedByArticle(true);
          });
    }
  }

  /** Without the first heading of the text, where it is the headline once more. */
  private void dropRepeatedHeadline() {
    String html = article.getBodyHtml() == null ? "" : article.getBodyHtml();
    int end = article.getBody().indexOf("\n\n");
    Matcher heading = FIRST_HEADING.matcher(html);
    if (end > 0 && !headline().isEmpty() && heading.lookingAt()) {
      String first = PlainText.line(article.getBody().substring(0, end));
      if (first.equalsIgnoreCase(headline())) {
        article.setBody(article.getBody().substring(end).strip());
      }
    }
  }

  /** A picture, video, sound or document that comes with the article. */
  Draft rendition(Rendition rendition) {
    boolean isKnown =
        renditions.stream().anyMatch(known -> known.getHref().equals(rendition.getHref()));
    if (!rendition.getHref().isEmpty() && !isKnown && renditions.size() < MOST_RENDITIONS) {
      renditions.add(rendition);
    }
    return this;
  }

  /** Caption and credit of the last medium, where they are given behind it. */
  Draft lastRendition(String caption, String credit) {
    if (!renditions.isEmpty()) {
      Rendition last = renditions.get(renditions.size() - 1);
      set(caption, last::setCaption);
      set(credit, last::setCredit);
    }
    return this;
  }

  Draft published(Instant moment) {
    published = Optional.of(clamped(moment));
    return this;
  }

  Draft expires(String text) {
    moment(text, "date of expiry").ifPresent(article::setExpires);
    return this;
  }

  /** A status word of any format; a blank one is usable. */
  Draft status(String word) {
    String lower = word.strip().toLowerCase(Locale.ROOT);
    lower = lower.substring(lower.lastIndexOf(':') + 1);
    lower = lower.substring(lower.lastIndexOf('/') + 1);
    if (lower.contains("cancel") || lower.equals("kill") || lower.contains("withdrawn")) {
      article.setStatus(Status.CANCELED);
    } else if (lower.startsWith("withh") || lower.equals("hold")) {
      article.setStatus(Status.WITHHELD);
    } else if (lower.startsWith("embargo")) {
      if (article.getEmbargo() == null) {
        article.setEmbargo(new Embargo());
      }
    } else if (!lower.isEmpty() && !lower.equals("usable") && !lower.equals("open")) {
      warn("The status '" + PlainText.line(word) + "' is unknown; the article is withheld.");
      article.setStatus(Status.WITHHELD);
    }
    return this;
  }

  Draft status(Status status) {
    article.setStatus(status);
    return this;
  }

  boolean isCanceled() {
    return article.getStatus() == Status.CANCELED;
  }

  /** The article, by its id, that killed this one. */
  Draft canceledBy(String killer) {
    set(killer, article::setCanceledBy);
    return this;
  }

  Draft statusReason(String reason) {
    set(reason, article::setStatusReason);
    return this;
  }

  /** An embargo until the moment in a text; with no known end where the text is blank. */
  Draft embargo(String text) {
    Embargo embargo = new Embargo();
    Optional<Instant> until = moment(text);
    if (until.isPresent()) {
      embargo.setUntil(until.get());
    } else if (!text.isBlank()) {
      embargo.setText(PlainText.line(text));
      signal(Signals.EMBARGO_UNREADABLE);
      warn("The embargo '" + PlainText.line(text) + "' is no moment; embargoed with no known end.");
    }
    article.setEmbargo(embargo);
    return this;
  }

  Draft urgency(String digits) {
    return oneToNine(digits, article::setUrgency);
  }

  Draft priority(String digits) {
    return oneToNine(digits, article::setPriority);
  }

  private Draft oneToNine(String digits, Consumer<Integer> field) {
    String stripped = digits.strip();
    if (stripped.length() == 1 && stripped.charAt(0) >= '1' && stripped.charAt(0) <= '9') {
      field.accept(Integer.valueOf(stripped));
    }
    return this;
  }

  /**
   * What a field of the item signals.
   *
   * @param words the field and its words that say so, such as {@code headline: UPDATE 2-}
   */
  Draft signal(String signal, String words) {
    if (signals.add(signal)) {
      warn("Signal '%s' by %s".formatted(signal, shortened(words)));
    }
    return this;
  }

  Draft signal(String signal) {
    if (!signal.isBlank()) {
      signals.add(PlainText.line(signal).toLowerCase(Locale.ROOT));
    }
    return this;
  }

  /** Another article of the same provider. */
  Draft related(String relation, String otherItemId) {
    return related(relation, otherItemId, "", "");
  }

  /** The same with the other's address and title; blank where they are not given. */
  Draft related(String relation, String otherItemId, String url, String title) {
    String other = PlainText.line(otherItemId);
    if (!other.isEmpty() && !other.equals(itemId)) {
      String id = ArticleId.of(delivery.provider(), other);
      RelatedArticle link = new RelatedArticle(relation, id, null, null);
      set(url, link::setUrl);
      set(title, link::setTitle);
      related.add(link);
    }
    return this;
  }

  Draft language(String text) {
    Languages.tag(text).ifPresent(article::setLanguage);
    return this;
  }

  Draft headline(String text) {
    article.setHeadline(PlainText.line(text));
    return this;
  }

  String headline() {
    return article.getHeadline();
  }

  Draft slugline(String text) {
    set(text, article::setSlugline);
    return this;
  }

  String slugline() {
    return article.getSlugline() == null ? "" : article.getSlugline();
  }

  Draft takeKey(String text) {
    set(text, article::setTakeKey);
    return this;
  }

  Draft byline(String text) {
    set(text, article::setByline);
    return this;
  }

  Draft creditLine(String text) {
    set(text, article::setCreditLine);
    return this;
  }

  String creditLine() {
    return article.getCreditLine() == null ? "" : article.getCreditLine();
  }

  /** The dateline, without the dash that leads over to the text. */
  Draft dateline(String text) {
    String line = PlainText.line(text);
    int end = line.length();
    while (end > 0 && " -–—".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    set(line.substring(0, end), article::setDateline);
    return this;
  }

  Draft located(String text) {
    set(text, article::setLocated);
    return this;
  }

  Draft source(String name) {
    if (!name.isBlank()) {
      sources.add(PlainText.line(name));
    }
    return this;
  }

  Draft subject(Subject subject) {
    if (subject.getCode() != null || subject.getName() != null) {
      subjects.add(subject);
    }
    return this;
  }

  /** Keywords of no vocabulary. */
  Draft keywords(Iterable<String> names) {
    names.forEach(this::keyword);
    return this;
  }

  Draft keyword(String name) {
    return subject(Subjects.keyword(name));
  }

  Draft note(String text) {
    String note = PlainText.lines(text);
    if (!note.isEmpty()) {
      notes.add(note);
    }
    return this;
  }

  Draft rightsHolder(String text) {
    set(text, rights::setHolder);
    return this;
  }

  Draft rightsNotice(String text) {
    set(text, rights::setNotice);
    return this;
  }

  Draft usageTerms(String text) {
    set(text, rights::setUsageTerms);
    return this;
  }

  /** The text, plain, as {@link PlainText} or {@link BodyText} made it. */
  Draft body(String plain) {
    article.setBody(plain);
    return this;
  }

  /** The text in HTML; the plain text follows from it. */
  Draft bodyHtml(String html) {
    if (!html.isBlank()) {
      article.setBodyHtml(html);
      article.setBody(BodyText.ofHtml(html));
    }
    return this;
  }

  /** The text as markup of an XML document. */
  Draft bodyMarkup(Element body) {
    String text = BodyText.of(body);
    if (!text.isEmpty()) {
      article.setBody(text);
      article.setBodyHtml(BodyText.html(body));
    }
    return this;
  }

  /** A text whose lines and columns have a meaning: a table of a teletype wire. */
  Draft bodyPreformatted(String lines) {
    article.setBody(new PlainText().preformatted(lines).toString());
    if (!article.getBody().isEmpty()) {
      article.setBodyHtml(
          "<pre>" + article.getBody().replace("&", "&amp;").replace("<", "&lt;") + "</pre>");
    }
    return this;
  }

  /** The text of another draft. */
  Draft bodyOf(Draft other) {
    article.setBody(other.article.getBody());
    article.setBodyHtml(other.article.getBodyHtml());
    other.notes.forEach(this::note);
    other.renditions.forEach(this::rendition);
    return this;
  }

  /** An empty draft of the same delivery. */
  Draft another() {
    return new Draft(delivery);
  }

  String body() {
    return article.getBody();
  }

  Draft partial() {
    article.setPartial(true);
    return this;
  }

  /** A sentence about what was mended or left out; more than a few dozen say nothing more. */
  Draft warn(String sentence) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(sentence);
    }
    return this;
  }

  Draft warn(List<String> sentences) {
    sentences.forEach(this::warn);
    return this;
  }

  /** The article with the bytes it came from. */
  ParsedArticle finish(ByteBuffer original, String mediaType, String format) {
    identify();
    HeadlineSignals.of(headline()).forEach(signal -> signal(signal.name(), signal.words()));
    dropRepeatedHeadline();
    dateRevision();
    article.setProvider(delivery.provider());
    article.setFeed(delivery.feed());
    article.setSignals(List.copyOf(signals));
    article.setEditorNotes(List.copyOf(notes));
    article.setSources(List.copyOf(sources));
    article.setSubjects(List.copyOf(subjects));
    article.setRelated(List.copyOf(related));
    article.setRenditions(List.copyOf(renditions));
    if (rights.getHolder() != null
        || rights.getNotice() != null
        || rights.getUsageTerms() != null) {
      article.setRights(rights);
    }
    article.setPublished(
        published
            .or(() -> Optional.ofNullable(revision.getVersionCreated()))
            .or(() -> Optional.ofNullable(article.getFirstCreated()))
            .orElse(delivery.receivedAt()));
    revision.setReceivedAt(delivery.receivedAt());
    article.setRevision(revision);
    revision.setContentHash("");
    return new ParsedArticle(article, original, mediaType, format, delivery.source(), warnings);
  }

  /**
   * The notice that another article is killed by the one of this draft, or otherwise gets a new
   * status from it. It has no text of its own: a store keeps what it has for the audit.
   */
  Draft noticeAbout(String otherItemId, String statusWord) {
    Draft notice = new Draft(delivery).itemId(otherItemId).status(statusWord);
    notice.revision.setVersionCreated(revision.getVersionCreated());
    notice.published = published;
    identify();
    notice.article.setCanceledBy(notice.isCanceled() ? articleId() : null);
    notice.related("killed-by", itemId);
    if (signals.contains(Signals.CLOCK_AHEAD)) {
      notice.signal(Signals.CLOCK_AHEAD);
    }
    return notice;
  }

  private String articleId() {
    return ArticleId.of(delivery.provider(), itemId);
  }

  private void identify() {
    if (itemId.isEmpty()) {
      String given = String.join("\u001f", derivedFrom);
      String parts = given.isBlank() ? headline() + "\u001f" + body() : given;
      itemId =
          ContentHash.sha256(delivery.provider() + "\u001f" + parts)
              .substring(0, DERIVED_ID_LENGTH);
      article.setItemIdDerived(true);
      warn("The item has no id; its id is a hash of what identifies it.");
    }
    article.setItemId(itemId);
    article.setId(articleId());
  }

  private Optional<Instant> moment(String text, String name) {
    Optional<Instant> moment = moment(text);
    if (moment.isEmpty() && !text.isBlank()) {
      warn("The " + name + " '" + shortened(text) + "' is no moment and was left out.");
    }
    return moment;
  }

  /** The moment that a text means; what had to be guessed for it is warned of. */
  private Optional<Instant> moment(String text) {
    Optional<Moment> moment = Moments.read(text, delivery.timeZone());
    moment
        .flatMap(Moment::guess)
        .map(guess -> "The date '" + shortened(text) + "' is uncertain: " + guess + ".")
        .filter(sentence -> !warnings.contains(sentence))
        .ifPresent(this::warn);
    return moment.map(Moment::instant);
  }

  private static String shortened(String text) {
    String line = PlainText.line(text);
    return line.length() > 120 ? line.substring(0, 120) + "…" : line;
  }

  /** A provider's clock may run ahead, but not by more than a day. */
  private Instant clamped(Instant moment) {
    if (!moment.isAfter(delivery.receivedAt().plus(CLOCK_TOLERANCE))) {
      return moment;
    }
    if (signals.add(Signals.CLOCK_AHEAD)) {
      warn("The date " + moment + " is ahead of the moment of receipt, which is taken instead.");
    }
    return delivery.receivedAt();
  }

  private static void set(String text, Consumer<String> field) {
    String clean = PlainText.line(text);
    if (!clean.isEmpty()) {
      field.accept(clean);
    }
  }
}
