// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows between the modules, and the command line out of the libraries. */
class ArchitectureTest {

  private static final Set<String> OF_OPERATIONS =
      Set.of("schemas", "runtime", "ingest", "enrich", "stories", "searches", "sink");

  /** What each module may use of ours, beside itself. */
  private static final Map<String, Set<String>> MODULES =
      new TreeMap<>(
          Map.of(
              "schemas", Set.of(),
              "broker", Set.of(),
              "runtime", Set.of("schemas"),
              "ingest", Set.of("schemas", "runtime"),
              "enrich", Set.of("schemas", "runtime"),
              "stories", Set.of("schemas", "runtime"),
              "searches", Set.of("schemas", "runtime"),
              "sink", Set.of("schemas", "runtime"),
              "operations", OF_OPERATIONS,
              "desk", above(OF_OPERATIONS, "operations")));

  private static final Pattern FLAG = Pattern.compile("(?:^|[\\s('])--[a-z][a-z-]+");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.newswire");
  }

  private static Set<String> above(Set<String> modules, String another) {
    Set<String> all = new TreeSet<>(modules);
    all.add(another);
    return all;
  }

  static Set<String> modules() {
    return MODULES.keySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyThoseBelowIt(String module) {
    List<String> others =
        ourModules().stream()
            .filter(other -> !other.equals(module) && !MODULES.get(module).contains(other))
            .map(other -> "dev.newswire." + other + "..")
            .toList();
    noClasses()
        .that()
        .resideInAPackage("dev.newswire." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void everyModuleThatIsShippedIsKnownHere() {
    Set<String> known = new TreeSet<>(MODULES.keySet());
    known.add("cli");
    assertThat(ourModules()).isSubsetOf(known);
  }

  private static Set<String> ourModules() {
    Set<String> modules = new TreeSet<>();
    for (JavaClass one : classes) {
      modules.add(one.getPackageName().split("\\.", -1)[2]);
    }
    return modules;
  }

  @Test
  void formatsAreReadWithoutKafka() {
    noClasses()
        .that()
        .resideInAPackage("dev.newswire.ingest.formats..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(classes);
  }

  @Test
  void aLibraryKnowsNothingOfTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.newswire.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(classes);
  }

  @Test
  void noMessageOfALibraryNamesAFlag() throws IOException {
    List<String> found = new ArrayList<>();
    for (JavaClass one : classes) {
      if (!one.getPackageName().startsWith("dev.newswire.cli")) {
        for (String constant : texts(one.getSource().orElseThrow().getUri())) {
          if (FLAG.matcher(constant).find()) {
            found.add(one.getSimpleName() + ": " + constant);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** The texts in a class file's pool of constants (JVM specification, 4.4). */
  private static List<String> texts(URI classFile) throws IOException {
    List<String> texts = new ArrayList<>();
    try (InputStream stream = classFile.toURL().openStream();
        DataInputStream in = new DataInputStream(stream)) {
      in.skipBytes(8);
      int constants = in.readUnsignedShort();
      for (int number = 1; number < constants; number++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.add(in.readUTF());
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
          case 5, 6 -> {
            in.skipBytes(8);
            number++;
          }
          case 7, 8, 16, 19, 20 -> in.skipBytes(2);
          case 15 -> in.skipBytes(3);
          default -> throw new IOException("a constant of the kind " + tag);
        }
      }
    }
    return texts;
  }
}
