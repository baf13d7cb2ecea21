// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Newswire's own JSON, as {@code newswire search --json} writes it, one object a line. The ids stay
 * what they were where the provider is the feed's own, or where whoever runs the pipeline gives it
 * back; otherwise the article of another provider gets an id of this one, for a provider can only
 * speak of its own articles. Entities and topics are enrich's to make, and are passed over.
 */
final class NewswireJson implements JsonFormat {

  private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  @Override
  public String name() {
    return "newswire-json";
  }

  @Override
  public boolean recognises(JsonNode root) {
    return root.path("itemId").isTextual()
        && root.path("provider").isTextual()
        && (root.path("headline").isTextual() || root.path("status").isTextual());
  }

  @Override
  public void parse(JsonNode root, Reading reading) {
    reading.item(() -> List.of(item(JsonItem.of(root), reading)));
  }

  private static Draft item(JsonItem item, Reading reading) throws Rejection {
    String id = item.text("itemid");
    if (id.isEmpty()) {
      throw new Rejection("The object has no itemId, so nothing tells what it is.");
    }
    String provider = item.text("provider");
    boolean isOwn = provider.equals(reading.delivery().provider());
    boolean keeps = reading.delivery().keepsProviders() && PROVIDER.matcher(provider).matches();
    Draft draft = keeps ? reading.draft(provider) : reading.draft();
    return draft
        .itemId(isOwn || keeps ? id : provider + "/" + id)
        .canceledBy(isOwn || keeps ? item.text("canceledby") : "")
        .statusReason(item.text("statusreason"))
        .url(item.text("url"))
        .version(item.text("version"))
        .versionCreated(item.text("versioncreated"))
        .published(item.text("published"))
        .status(item.text("status"))
        .language(item.text("language"))
        .headline(item.text("headline"))
        .slugline(item.text("slugline"))
        .byline(item.text("byline"))
        .dateline(item.text("dateline"))
        .body(PlainText.lines(item.text("body")));
  }
}
