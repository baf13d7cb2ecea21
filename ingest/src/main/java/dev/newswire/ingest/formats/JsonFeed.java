// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** JSON Feed 1.0 and 1.1 (jsonfeed.org). */
final class JsonFeed implements JsonFormat {

  @Override
  public String name() {
    return "json-feed";
  }

  @Override
  public boolean recognises(JsonNode root) {
    return root.path("version").asText().contains("jsonfeed.org")
        || (root.path("items").isArray()
            && (root.has("home_page_url")
                || root.has("feed_url")
                || root.path("version").asText().startsWith("1.")));
  }

  @Override
  public void parse(JsonNode root, Reading reading) throws Rejection {
    JsonItem feed = JsonItem.of(root);
    reading.notice(
        new FeedNotice(
            Optional.empty(),
            Set.of(),
            EnumSet.noneOf(DayOfWeek.class),
            feed.items("hubs").stream()
                .map(hub -> hub.text("url"))
                .filter(Addresses::isWeb)
                .findFirst()
                .flatMap(Addresses::uri),
            address(feed.text("feed_url"))));
    String language = feed.text("language");
    String byline = names(feed);
    FeedIdentities identities = new FeedIdentities(identities(root), reading);
    for (JsonNode item : root.path("items")) {
      reading.item(
          item, () -> List.of(item(JsonItem.of(item), language, byline, identities, reading)));
    }
    address(feed.text("next_url")).ifPresent(reading::link);
  }

  private static Optional<URI> address(String text) {
    return Optional.of(text).filter(Addresses::isWeb).flatMap(Addresses::uri);
  }

  private static List<FeedIdentities.Item> identities(JsonNode root) {
    List<FeedIdentities.Item> identities = new ArrayList<>();
    for (JsonNode node : root.path("items")) {
      JsonItem item = JsonItem.of(node);
      if (!item.isEmpty()) {
        identities.add(identity(item));
      }
    }
    return identities;
  }

  private static FeedIdentities.Item identity(JsonItem item) {
    return new FeedIdentities.Item(
        item.text("id"), item.text("url", "external_url"), item.text("title"));
  }

  private static Draft item(
      JsonItem item,
      String feedLanguage,
      String feedByline,
      FeedIdentities identities,
      Reading reading)
      throws Rejection {
    if (item.isEmpty()) {
      throw new Rejection("The item is no object, or is empty.");
    }
    String language = item.text("language");
    String byline = names(item);
    Draft draft = reading.draft();
    draft
        .headline(BodyText.lineOfPlain(item.text("title")))
        .url(item.text("url", "external_url"))
        .versionCreated(item.text("date_modified"))
        .published(item.text("date_published", "date_modified"))
        .language(language.isEmpty() ? feedLanguage : language)
        .byline(byline.isEmpty() ? feedByline : byline);
    draft.keywords(item.texts("tags"));
    body(item, draft);
    for (JsonItem attachment : item.items("attachments")) {
      draft.rendition(
          Renditions.of(
              attachment.text("url"),
              attachment.text("mime_type"),
              attachment.text("size_in_bytes"),
              attachment.text("title"),
              ""));
    }
    String image = item.text("image", "banner_image");
    draft.rendition(Renditions.of(image, "image", "", "", ""));
    identities.identify(identity(item), draft);
    draft
        .derivedFrom(
            draft.headline().isEmpty() ? draft.body() : draft.headline(),
            item.text("date_published"))
        .revisedWhenPublished();
    return draft;
  }

  private static void body(JsonItem item, Draft draft) {
    draft.bodyHtml(item.text("content_html"));
    if (draft.body().isEmpty()) {
      draft.body(PlainText.paragraphs(item.text("content_text")));
    }
    if (draft.body().isEmpty()) {
      draft.body(PlainText.paragraphs(item.text("summary"))).partial();
    }
  }

  /** Authors of version 1.1, else the author of version 1.0. */
  private static String names(JsonItem parent) {
    StringJoiner names = new StringJoiner(", ");
    for (JsonItem author : parent.items("authors", "author")) {
      String name = AuthorNames.of(author.text("name"));
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names.toString();
  }
}
