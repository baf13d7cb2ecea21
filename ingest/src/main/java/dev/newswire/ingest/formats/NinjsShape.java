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
  private static final List<String> CONCEPTS =
      List.of(
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
          "infosources");
  private static final Set<String> OTHER_ARRAYS =
      Set.of(
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

  /** Of GeoJSON (RFC 7946, section 1.4). */
  private static final List<String> SHAPES =
      List.of(
          "Point",
          "MultiPoint",
          "LineString",
          "MultiLineString",
          "Polygon",
          "MultiPolygon",
          "GeometryCollection",
          "Feature",
          "FeatureCollection");

  /** A date that may be truncated, perhaps with a time. */
  private static final Pattern EXPECTED =
      Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}.*)?)?)?");

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
      } else if (CONCEPTS.contains(lower) || OTHER_ARRAYS.contains(lower)) {
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
    if (item.isArray("associations")) {
      for (JsonItem association : item.members("associations")) {
        if (association.text("name").isEmpty()) {
          draft.warn("An association of the ninjs item has no name.");
        }
      }
    }
    concepts(item, draft);
    event(item.item("eventdetails").item("dates"), draft);
    for (JsonItem coverage : item.items("plannedcoverage")) {
      urgency(coverage, "plannedCoverage's urgency", draft);
    }
    version(item, draft);
    JsonItem rights = item.item("rightsinfo");
    if (rights.has("linkedrights") && rights.has("encodedrights")) {
      draft.warn("The rightsinfo has both linkedrights and encodedrights.");
    }
  }

  /** What concepts are: texts throughout, places with a shape, advice with codes. */
  private static void concepts(JsonItem item, Draft draft) {
    for (String array : CONCEPTS) {
      for (JsonItem concept : item.items(array)) {
        for (String name : List.of("name", "scheme", "code", "uri", "literal", "rel")) {
          if (concept.has(name) && !concept.isText(name)) {
            draft.warn("The '%s' of the ninjs property '%s' is not a text.".formatted(name, array));
          }
        }
        JsonItem shape = concept.item("geojson");
        if (concept.has("geojson") && !SHAPES.contains(shape.text("type"))) {
          draft.warn(
              "The geojson of the ninjs property '%s' has none of the types %s."
                  .formatted(array, String.join(", ", SHAPES)));
        }
      }
    }
    for (JsonItem advice : item.items("advices")) {
      for (String name : List.of("importance", "lifetime")) {
        if (advice.has(name) && advice.item(name).text("code").isEmpty()) {
          draft.warn("The '%s' of the ninjs property 'advices' has no code.".formatted(name));
        }
      }
    }
  }

  private static void event(JsonItem dates, Draft draft) {
    for (String which : List.of("start", "end")) {
      String expected = dates.text("expected" + which + "date");
      if (!expected.isEmpty() && !dates.text(which + "date").isEmpty()) {
        draft.warn("The event has both a date and an expected date of its %s.".formatted(which));
      }
      if (!expected.isEmpty() && !EXPECTED.matcher(expected).matches()) {
        draft.warn("The event's expected date '%s' is no date.".formatted(clean(expected)));
      }
    }
  }

  private static void urgency(JsonItem item, String name, Draft draft) {
    if (item.has("urgency") && !item.text("urgency").matches("[1-9]")) {
      draft.warn("The ninjs property '%s' is not a whole number from 1 to 9.".formatted(name));
    }
  }

  /** An item of version 1 need not say of which version it is, and may be of one too early. */
  private static void version(JsonItem item, Draft draft) {
    if (item.has("standard") || item.has("$standard")) {
      return;
    }
    if (item.has("infosource") || item.text("type").equals("component")) {
      draft.warn(
          "The item does not say of which version of ninjs it is; '%s' came with 1.2."
              .formatted(item.has("infosource") ? "infosource" : "component"));
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
