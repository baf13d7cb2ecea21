// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What ninjs allows at the top of an item, all versions together (ninjs schemas 1.0 to 3.1): what
 * an item has beyond that is told in a warning, because it may have been left out.
 */
final class NinjsShape {

  private static final Set<String> TEXTS =
      Set.of(
          "uri",
          "guid",
          "name",
          "type",
          "mimetype",
          "representationtype",
          "profile",
          "version",
          "firstcreated",
          "versioncreated",
          "contentcreated",
          "embargoed",
          "embargoeduntil",
          "embargoedreason",
          "pubstatus",
          "expires",
          "language",
          "title",
          "byline",
          "by",
          "headline",
          "slugline",
          "located",
          "ednote",
          "copyrightholder",
          "copyrightnotice",
          "usageterms");
  private static final Pattern FORM = Pattern.compile("(body|description|headline)_[a-z0-9_]");
  private static final Set<String> NUMBERS = Set.of("urgency", "charcount", "wordcount");
  private static final Set<String> ARRAYS =
      Set.of(
          "person",
          "people",
          "organisation",
          "organisations",
          "place",
          "places",
          "subject",
          "subjects",
          "event",
          "events",
          "object",
          "objects",
          "genre",
          "genres",
          "infosource",
          "infosources",
          "bodies",
          "headlines",
          "descriptions",
          "trustindicator",
          "trustindicators",
          "advices",
          "plannedcoverage",
          "contactinfo");
  private static final Set<String> OBJECTS =
      Set.of(
          "standard",
          "$standard",
          "rightsinfo",
          "renditions",
          "associations",
          "altids",
          "digitalsourcetype",
          "eventdetails",
          "newscoveragestatus");
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "type",
          List.of(
              "text",
              "audio",
              "video",
              "picture",
              "graphic",
              "composite",
              "component",
              "planning",
              "event"),
          "pubstatus",
          List.of("usable", "withheld", "canceled"),
          "representationtype",
          List.of("complete", "incomplete"));

  private NinjsShape() {}

  static void check(JsonItem item, Draft draft) {
    for (String name : item.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (isText(lower)) {
        check(item, name, item.isText(lower), "a text", draft);
        words(item, lower, draft);
      } else if (NUMBERS.contains(lower)) {
        boolean isWhole = !lower.equals("urgency") || item.text(lower).matches("[1-9]");
        check(item, name, item.isNumber(lower) && isWhole, "a whole number", draft);
      } else if (ARRAYS.contains(lower)) {
        check(item, name, item.isArray(lower), "an array", draft);
      } else if (OBJECTS.contains(lower)) {
        check(item, name, item.isContainer(lower), "an object", draft);
      } else {
        draft.warn("ninjs has no property '%s'; it was left out.".formatted(clean(name)));
      }
    }
    for (JsonItem association : item.members("associations")) {
      check(association, draft);
      if (association.text("uri", "guid").isEmpty()) {
        draft.warn("An association of the ninjs item has no uri.");
      }
    }
    JsonItem rights = item.item("rightsinfo");
    if (rights.has("linkedrights") && rights.has("encodedrights")) {
      draft.warn("The rightsinfo has both linkedrights and encodedrights.");
    }
  }

  private static boolean isText(String name) {
    return TEXTS.contains(name) || FORM.matcher(name).lookingAt();
  }

  private static void check(JsonItem item, String name, boolean isRight, String kind, Draft draft) {
    if (!isRight && item.has(name.toLowerCase(Locale.ROOT))) {
      draft.warn("The ninjs property '%s' is not %s.".formatted(clean(name), kind));
    }
  }

  private static void words(JsonItem item, String name, Draft draft) {
    List<String> words = WORDS.getOrDefault(name, List.of());
    if (!words.isEmpty() && item.has(name) && !words.contains(item.text(name))) {
      draft.warn(
          "The ninjs property '%s' is '%s', which is none of %s."
              .formatted(name, clean(item.text(name)), String.join(", ", words)));
    }
  }

  private static String clean(String text) {
    String line = PlainText.line(text);
    return line.substring(0, Math.min(line.length(), 60));
  }
}
