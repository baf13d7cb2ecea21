// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The types of option values that need reading: durations, moments and sizes. */
public final class OptionTypes {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(|k|m|g)b?");

  private OptionTypes() {}

  /** Teaches a command these types. */
  public static void register(CommandLine command) {
    command.registerConverter(Duration.class, OptionTypes::duration);
    command.registerConverter(Moment.class, OptionTypes::moment);
    command.registerConverter(Size.class, OptionTypes::size);
  }

  /**
   * A moment: absolute, or so long before now.
   *
   * @param text as it was given
   * @param ago the duration before now; null where absolute
   * @param at the moment; null where relative
   */
  public record Moment(String text, Duration ago, Instant at) {

    /** The moment itself. */
    public Instant before(Instant now) {
      return ago == null ? at : now.minus(ago);
    }
  }

  /**
   * The number itself, where it is allowed.
   *
   * @throws ParameterException naming the option, the number and what is allowed
   */
  public static int inRange(CommandSpec spec, String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + number + " is not from " + least + " to " + most);
    }
    return number;
  }

  /**
   * The time itself, where it is from a second to a day.
   *
   * @throws ParameterException naming the option, the time and what is allowed
   */
  public static Duration upToADay(CommandSpec spec, String option, Duration time) {
    return inRange(spec, option, time, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  /**
   * The time itself, where it is allowed.
   *
   * @throws ParameterException naming the option, the time and what is allowed
   */
  public static Duration inRange(
      CommandSpec spec, String option, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: %s is not from %s to %s".formatted(option, text(time), text(least), text(most)));
    }
    return time;
  }

  /**
   * Checks that the longest is not below the shortest.
   *
   * @throws ParameterException naming both options and both times
   */
  public static void checkOrder(
      CommandSpec spec, String least, Duration shortest, String most, Duration longest) {
    if (shortest.compareTo(longest) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: %s is more than the %s of %s".formatted(least, text(shortest), most, text(longest)));
    }
  }

  /** A duration as it can be given, in the largest unit that it is whole in. */
  static String text(Duration time) {
    long millis = time.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = time.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3_600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
  }

  /**
   * The number itself, where it is not negative.
   *
   * @throws ParameterException naming the option and the number
   */
  public static long notNegative(CommandSpec spec, String option, long number) {
    if (number < 0) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + number + " is below 0, the least");
    }
    return number;
  }

  /**
   * The duration itself, where it is long enough.
   *
   * @throws ParameterException naming the option and what is allowed
   */
  public static Duration atLeast(CommandSpec spec, String option, Duration given, Duration least) {
    if (given.compareTo(least) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": " + given.toMillis() + "ms is less than " + least.toMillis() + "ms");
    }
    return given;
  }

  /** A number of bytes. */
  record Size(long bytes) {}

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; it is a number with ms, s, m, h or d, such as 500ms");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  static Moment moment(String text) {
    if (text.equals("earliest")) {
      return new Moment(text, null, Instant.EPOCH);
    }
    if (text.equals("now")) {
      return new Moment(text, Duration.ZERO, null);
    }
    if (DURATION.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      return new Moment(text, duration(text), null);
    }
    try {
      return text.length() == "2026-01-31".length()
          ? new Moment(text, null, LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC))
          : new Moment(text, null, java.time.OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no moment; it is a date or an ISO time, such as 2026-01-31 or"
              + " 2026-01-31T08:00:00Z, or so long ago, such as 7d");
    }
  }

  static Size size(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size; it is a number of bytes, also with k, m or g, such as 8m");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k" -> new Size(number << 10);
      case "m" -> new Size(number << 20);
      case "g" -> new Size(number << 30);
      default -> new Size(number);
    };
  }
}
