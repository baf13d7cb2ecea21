// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of options that are given in the environment or in a properties file. An option's name
 * without dashes is its key in the file; in capitals, with underscores and {@code NEWSWIRE_} before
 * it, its name in the environment. Keys that begin with {@code kafka.}, and variables that begin
 * with {@code NEWSWIRE_KAFKA_}, are properties of the Kafka clients.
 */
public final class ConfiguredValues implements IDefaultValueProvider {

  private static final String PREFIX = "NEWSWIRE_";
  private static final String KAFKA_KEY = "kafka.";
  private static final String KAFKA_VARIABLE = PREFIX + "KAFKA_";

  private final Map<String, String> environment;
  private final String file;
  private final Map<String, String> fromFile;

  private ConfiguredValues(
      Map<String, String> environment, String file, Map<String, String> fromFile) {
    this.environment = environment;
    this.file = file;
    this.fromFile = fromFile;
  }

  /** No values but the defaults. */
  static ConfiguredValues none() {
    return new ConfiguredValues(Map.of(), "", Map.of());
  }

  /** The values of an environment, and of the file that it or the arguments name. */
  public static ConfiguredValues of(String[] arguments, Map<String, String> environment) {
    String file = configFile(List.of(arguments), environment);
    return new ConfiguredValues(environment, file, file.isEmpty() ? Map.of() : read(file));
  }

  private static String configFile(List<String> arguments, Map<String, String> environment) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).startsWith("--config=")) {
        return arguments.get(i).substring("--config=".length());
      }
      if (arguments.get(i).equals("--config") && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return environment.getOrDefault(PREFIX + "CONFIG", "");
  }

  private static Map<String, String> read(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("--config: can't read the properties file '" + file + "'", e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = nameOf(option);
    String variable = PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return environment.containsKey(variable) ? environment.get(variable) : fromFile.get(name);
  }

  /** Properties for Kafka's clients, by their Kafka names. */
  public Map<String, String> kafkaProperties() {
    Map<String, String> properties = new HashMap<>();
    fromFile.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_KEY)) {
            properties.put(key.substring(KAFKA_KEY.length()), value);
          }
        });
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(KAFKA_VARIABLE)) {
            String key = variable.substring(KAFKA_VARIABLE.length());
            properties.put(key.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    return properties;
  }

  /**
   * Refuses a properties file with a key that is no option of any command.
   *
   * @throws UserError naming the first such key
   */
  public void check(CommandLine command) {
    Set<String> known = new TreeSet<>();
    collect(command, known);
    for (String key : fromFile.keySet()) {
      if (!known.contains(key) && !key.startsWith(KAFKA_KEY)) {
        throw new UserError(
            "unknown option '"
                + key
                + "' in "
                + file
                + "; 'newswire options' lists all, and those of Kafka begin with "
                + KAFKA_KEY);
      }
    }
  }

  private static void collect(CommandLine command, Set<String> names) {
    command.getCommandSpec().options().forEach(option -> names.add(nameOf(option)));
    command.getSubcommands().values().forEach(subcommand -> collect(subcommand, names));
  }

  /** The option's long name without its dashes. */
  public static String nameOf(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
