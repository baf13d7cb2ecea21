// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newswire.schemas.Subject;
import java.util.List;
import java.util.Optional;

/** dpa digitalwires JSON: an item, or a list of them in {@code entries}. */
final class DpaDigitalwires implements JsonFormat {

  @Override
  public String name() {
    return "dpa-digitalwires";
  }

  @Override
  public boolean recognises(JsonNode root) {
    return isItem(root) || isItem(root.path("entries").path(0));
  }

  private static boolean isItem(JsonNode node) {
    return node.path("format").asText().startsWith("digitalwires")
        || (node.has("urn") && node.has("version_created"));
  }

  @Override
  public void parse(JsonNode root, Reading reading) {
    if (isItem(root)) {
      reading.item(() -> List.of(item(JsonItem.of(root), reading.draft())));
      return;
    }
    for (JsonNode entry : root.path("entries")) {
      reading.item(entry, () -> List.of(item(JsonItem.of(entry), reading.draft())));
    }
  }

  private static Draft item(JsonItem item, Draft draft) throws Rejection {
    if (item.text("urn").isEmpty()) {
      throw new Rejection("The dpa item has no urn, so nothing tells what it is.");
    }
    draft
        .itemId(item.text("urn"))
        .version(item.text("version"))
        .versionCreated(item.text("version_created"))
        .firstCreated(item.text("content_created"))
        .status(item.text("pubstatus"))
        .signal(item.text("signal").replaceFirst("^sig:", ""))
        .urgency(item.text("urgency"))
        .language(item.text("language"))
        .headline(item.text("headline"))
        .slugline(item.text("kicker"))
        .byline(item.text("byline"))
        .dateline(item.text("dateline"))
        .creditLine(item.text("creditline"))
        .rightsNotice(item.text("copyrightnotice"))
        .usageTerms(item.text("usageterms"))
        .bodyHtml(item.text("article_html"));
    if (!item.text("embargoed").isEmpty()) {
      draft.embargo(item.text("embargoed"));
    }
    if (draft.body().isEmpty() && !draft.isCanceled()) {
      draft.body(PlainText.paragraphs(item.text("teaser"))).partial();
    }
    item.items("ednotes").forEach(note -> draft.note(note.text("ednote")));
    item.items("categories").forEach(of -> subject(of).ifPresent(draft::subject));
    return draft;
  }

  private static Optional<Subject> subject(JsonItem category) {
    String kind =
        switch (category.text("type")) {
          case "dnltype:dpasubject", "dnltype:rubric" -> "subject";
          case "dnltype:geosubject", "dnltype:poi" -> "place";
          case "dnltype:genre" -> "genre";
          case "dnltype:keyword" -> "keyword";
          case "dnltype:person" -> "person";
          case "dnltype:organisation" -> "organisation";
          default -> "";
        };
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    String qcode = category.text("qcode");
    int colon = qcode.indexOf(':');
    return Optional.of(
        Subjects.of(
            kind,
            colon < 0 ? "" : Catalog.IPTC.scheme(qcode.substring(0, colon)),
            qcode.substring(colon + 1),
            category.text("name")));
  }
}
