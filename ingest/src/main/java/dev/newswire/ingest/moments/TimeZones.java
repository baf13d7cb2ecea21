// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import com.ibm.icu.text.TimeZoneNames;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time zones by the names that people write: offsets, IANA ids, abbreviations, and the English long
 * names of the CLDR. Immutable; safe for use by many threads.
 */
final class TimeZones {

  /**
   * A time zone that a text names.
   *
   * @param guess see {@link Moment#guess}
   */
  record Named(ZoneId zone, Optional<String> guess) {

    static Named of(ZoneId zone) {
      return new Named(zone, Optional.empty());
    }
  }

  /**
   * Abbreviations and what they stand for: an offset, or a region where one abbreviation serves
   * summer and winter. Sources: the abbreviations of the IANA time zone database (also those that
   * it has withdrawn, which feeds still send) and RFC 822, section 5. Where several places use one,
   * it is the place that more feeds come from, and {@link #AMBIGUOUS} has it.
   */
  private static final String ABBREVIATIONS =
      """
      +00:00 Z UT UTC GMT WET EGST AZOST UCT ZULU
      +01:00 BST CET MEZ WAT WEST MET CEWT
      +02:00 CEST MESZ MEST EET OEZ CAT SAST WAST HAEC
      +03:00 EEST OESZ MSK EAT TRT SYOT FET ARABT
      +04:00 MSD GST AZT GET MUT RET SAMT SCT
      +03:30 IRST
      +04:30 IRDT AFT
      +05:00 PKT UZT TJT TMT MVT YEKT AQTT ORAT TFT HMT AZST
      +05:30 IST SLST
      +05:45 NPT
      +06:00 BDT BTT OMST KGT ALMT VOST IOT QYZT YEKST BIOT
      +06:30 MMT CCT
      +07:00 WIB ICT THA KRAT NOVT HOVT CXT DAVT NOVST OMSST
      +08:00 SGT HKT WITA MYT PHT PHST AWST IRKT BNT ULAT CHOT CTT KRAST HKST
      +08:45 ACWST CWST
      +09:00 JST KST WIT TLT YAKT PWT IRKST ULAST
      +09:30 ACST
      +10:00 AEST CHST PGT VLAT CHUT DDUT YAKST
      +10:30 ACDT LHST
      +11:00 AEDT SBT NCT VUT KOST PONT SAKT MAGT SRET LHDT BOUGT NFT
      +12:00 NZST FJT GILT MHT TVT WAKT WFT NRT ANAT PETT
      +12:45 CHAST
      +13:00 NZDT TOT PHOT TKT WST FJST
      +13:45 CHADT
      +14:00 LINT
      -01:00 AZOT CVT EGT
      -02:00 FNT BRST UYST PMDT
      -02:30 NDT HAT
      -03:00 BRT ART CLST ADT GFT UYT SRT PMST PYST ROTT FKST WGT
      -03:30 NST HNT
      -04:00 EDT AST CLT VET BOT GYT PYT AMT FKT HAE COST
      -05:00 EST CDT COT PET ECT ACT HAC HNE EASST CIST
      -06:00 CST MDT GALT EAST HAR HNC
      -07:00 MST PDT HAP HNR
      -08:00 PST AKDT HNP PIT
      -09:00 AKST HDT GAMT HADT GIT
      -09:30 MART MIT
      -10:00 HST TAHT CKT HAST SDT
      -11:00 SST NUT
      America/New_York ET
      America/Chicago CT
      America/Denver MT
      America/Los_Angeles PT
      America/Anchorage AKT
      America/Halifax AT
      Europe/Paris CEDT
      """;

  /** Abbreviations that people in more than one part of the world use today. */
  private static final Set<String> AMBIGUOUS =
      Set.of("IST", "AMT", "AST", "ACT", "BDT", "CST", "ECT", "GST", "PST", "SST", "WST");

  /** RFC 822 gives these to North America, whatever others use them for. */
  private static final Set<String> BY_RFC_822 =
      Set.of("EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT");

  private static final Pattern OFFSET =
      Pattern.compile("(?<!\\d)([+−–-])\\s?(\\d{1,2})(?::?(\\d{2}))?(?![\\d:])");
  private static final Pattern REGION =
      Pattern.compile("[A-Z][A-Za-z_]{1,20}(?:/[A-Za-z0-9_+-]{1,30}){1,2}");
  private static final Pattern WORD = Pattern.compile("[\\p{L}]{1,12}");
  private static final Pattern UNKNOWN = Pattern.compile("[A-Z]{2,5}");
  private static final int MOST_HOURS = 15;

  private final Map<String, ZoneId> abbreviations = new HashMap<>();
  private final TimeZoneNames names = TimeZoneNames.getInstance(ULocale.ENGLISH);

  TimeZones() {
    ABBREVIATIONS
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", -1);
              for (int i = 1; i < words.length; i++) {
                abbreviations.put(words[i], ZoneId.of(words[0]));
              }
            });
  }

  /**
   * The time zone that is named somewhere in a text.
   *
   * @param text what is left of a date and time without the date and the time
   * @param isKnownWord whether a word has a meaning of its own, a weekday's name for example
   * @return empty where it names none
   */
  Optional<Named> find(String text, Predicate<String> isKnownWord) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    return offset(text)
        .or(() -> region(text))
        .or(() -> abbreviation(text, isKnownWord))
        .or(() -> longName(text))
        .or(() -> unknown(text, isKnownWord));
  }

  private Optional<Named> offset(String text) {
    Matcher matcher = OFFSET.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(2));
    int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    if (number > MOST_HOURS || minutes > 59) {
      return Optional.of(
          new Named(ZoneOffset.UTC, Optional.of("its offset is no offset and is read as UTC")));
    }
    int seconds = (number * 60 + minutes) * 60;
    ZoneOffset offset =
        ZoneOffset.ofTotalSeconds(matcher.group(1).equals("+") ? seconds : -seconds);
    String behind = text.substring(matcher.end()).strip();
    boolean contradicts =
        seconds != 0 && (behind.equalsIgnoreCase("Z") || behind.equalsIgnoreCase("UTC"));
    return Optional.of(
        new Named(
            offset,
            contradicts
                ? Optional.of("it has an offset and says UTC as well; the offset is taken")
                : Optional.empty()));
  }

  private static Optional<Named> region(String text) {
    Matcher matcher = REGION.matcher(text);
    while (matcher.find()) {
      try {
        return Optional.of(Named.of(ZoneId.of(matcher.group())));
      } catch (DateTimeException e) {
        // No id of the IANA's; the next one may be.
      }
    }
    return Optional.empty();
  }

  private Optional<Named> abbreviation(String text, Predicate<String> isKnownWord) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String upper = matcher.group().toUpperCase(Locale.ROOT);
      ZoneId zone = abbreviations.get(upper);
      boolean isName = matcher.group().equals(upper) || !isKnownWord.test(matcher.group());
      if (zone != null && isName) {
        boolean isGuess = AMBIGUOUS.contains(upper) && !BY_RFC_822.contains(upper);
        return Optional.of(
            new Named(
                zone,
                isGuess
                    ? Optional.of(
                        "its zone " + upper + " has several meanings and is read as " + zone)
                    : Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private Optional<Named> longName(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (!Character.isUpperCase(text.charAt(at))) {
        continue;
      }
      Collection<TimeZoneNames.MatchInfo> matches =
          names.find(
              text,
              at,
              EnumSet.of(
                  TimeZoneNames.NameType.LONG_GENERIC,
                  TimeZoneNames.NameType.LONG_STANDARD,
                  TimeZoneNames.NameType.LONG_DAYLIGHT));
      for (TimeZoneNames.MatchInfo match :
          matches == null ? Set.<TimeZoneNames.MatchInfo>of() : matches) {
        Optional<ZoneId> zone = zone(match);
        if (zone.isPresent()) {
          return zone.map(Named::of);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<ZoneId> zone(TimeZoneNames.MatchInfo match) {
    String id = match.tzID() != null ? match.tzID() : names.getReferenceZoneID(match.mzID(), "001");
    if (id == null) {
      return Optional.empty();
    }
    ZoneId region = ZoneId.of(id, ZoneId.SHORT_IDS);
    return switch (match.nameType()) {
      case LONG_STANDARD ->
          Optional.of(region.getRules().getStandardOffset(java.time.Instant.now()));
      case LONG_DAYLIGHT -> {
        ZoneOffset standard = region.getRules().getStandardOffset(java.time.Instant.now());
        yield Optional.of(ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + 3600));
      }
      default -> Optional.of(region);
    };
  }

  private static Optional<Named> unknown(String text, Predicate<String> isKnownWord) {
    Matcher matcher = UNKNOWN.matcher(text);
    while (matcher.find()) {
      if (!isKnownWord.test(matcher.group())) {
        return Optional.of(
            new Named(
                ZoneOffset.UTC,
                Optional.of("its zone " + matcher.group() + " is unknown and is read as UTC")));
      }
    }
    return Optional.empty();
  }
}
