// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newswire.schemas.Status;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The AP Media API: a page of a feed, or one item (api.ap.org, Publishable Content). Bodies are
 * documents of their own, which the item links to.
 */
final class ApMedia implements JsonFormat {

  @Override
  public String name() {
    return "ap-media-api";
  }

  @Override
  public boolean recognises(JsonNode root) {
    JsonNode data = root.path("data");
    return data.path("items").isArray() || data.path("item").path("altids").has("itemid");
  }

  @Override
  public void parse(JsonNode root, Reading reading) {
    JsonNode data = root.path("data");
    if (data.path("items").isArray()) {
      for (JsonNode entry : data.path("items")) {
        reading.item(entry, () -> List.of(item(JsonItem.of(entry.path("item")), reading.draft())));
      }
    } else {
      reading.item(() -> List.of(item(JsonItem.of(data.path("item")), reading.draft())));
    }
    String next = data.path("next_page").asText();
    if (Addresses.isWeb(next)) {
      Addresses.uri(next).ifPresent(reading::link);
    }
  }

  private static Draft item(JsonItem item, Draft draft) throws Rejection {
    String id = item.item("altids").text("itemid");
    if (id.isEmpty()) {
      throw new Rejection("The AP item has no altids.itemid, so nothing tells what it is.");
    }
    draft.itemId(id);
    Ninjs.management(item, draft);
    publishable(item, draft);
    draft
        .headline(item.text("headline_extended", "headline", "title"))
        .slugline(item.text("slugline"))
        .byline(
            item.items("bylines").stream()
                .map(byline -> byline.text("by", "name"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", ")))
        .creditLine(item.text("description_creditline"))
        .located(place(item.item("datelinelocation")))
        .rightsHolder(item.text("copyrightholder"))
        .rightsNotice(item.text("copyrightnotice"))
        .usageTerms(String.join(" ", item.texts("usageterms")));
    Ninjs.concepts(item, draft);
    draft.bodyHtml(item.text("description_caption", "description_summary")).partial();
    return draft;
  }

  /** Only what is signalled as news content may be published. */
  private static void publishable(JsonItem item, Draft draft) {
    List<String> signals = item.texts("signals");
    signals.stream().filter(signal -> !signal.equals("newscontent")).forEach(draft::signal);
    if (!signals.contains("newscontent") && !draft.isCanceled()) {
      draft.status(Status.WITHHELD).statusReason("The item is not signalled as newscontent.");
    }
  }

  private static String place(JsonItem location) {
    return Stream.of("city", "countryareaname", "countryname")
        .map(location::text)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
