// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Every regular expression in the compiled main code of all modules on the class path: what is
 * handed to {@link Pattern} and to the methods of {@link String} that take one. The compiler has
 * folded constants by then, so that it does not matter where they are written.
 */
final class WrittenPatterns {

  private static final String STRING = "java/lang/String";
  private static final String PATTERN = "java/util/regex/Pattern";
  private static final Map<String, Set<String>> TAKERS =
      Map.of(
          PATTERN, Set.of("compile", "matches"),
          STRING, Set.of("matches", "replaceAll", "replaceFirst", "split"));

  private final List<Written> patterns = new ArrayList<>();
  private final List<String> computed = new ArrayList<>();

  /** A pattern and the method that it stands in. */
  record Written(String where, String expression, int flags) {

    Pattern compiled() {
      return Pattern.compile(expression, flags);
    }
  }

  /** Looks through the modules' classes. */
  WrittenPatterns() throws IOException, AnalyzerException {
    ClassLoader loader = WrittenPatterns.class.getClassLoader();
    for (URL found : Collections.list(loader.getResources("dev/newswire"))) {
      URI root = URI.create(found.toString());
      if (root.toString().contains("test-classes")) {
        continue;
      }
      if (root.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
          read(jar.getPath("dev/newswire"));
        }
      } else {
        read(Path.of(root));
      }
    }
  }

  List<Written> patterns() {
    return Collections.unmodifiableList(patterns);
  }

  /** Methods that make a pattern of what is no constant. */
  List<String> computed() {
    return Collections.unmodifiableList(computed);
  }

  private void read(Path folder) throws IOException, AnalyzerException {
    List<Path> classes;
    try (Stream<Path> files = Files.walk(folder)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path file : classes) {
      ClassNode type = new ClassNode();
      try (InputStream bytes = Files.newInputStream(file)) {
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
      }
      for (MethodNode method : type.methods) {
        read(type, method);
      }
    }
  }

  private void read(ClassNode type, MethodNode method) throws AnalyzerException {
    Frame<SourceValue>[] frames = null;
    for (int i = 0; i < method.instructions.size(); i++) {
      if (!(method.instructions.get(i) instanceof MethodInsnNode call)
          || !TAKERS.getOrDefault(call.owner, Set.of()).contains(call.name)) {
        continue;
      }
      if (frames == null) {
        frames = new Analyzer<>(new SourceInterpreter()).analyze(type.name, method);
      }
      if (frames[i] != null) {
        add(type.name.replace('/', '.') + "." + method.name, call, frames[i]);
      }
    }
  }

  private void add(String where, MethodInsnNode call, Frame<SourceValue> frame) {
    int arguments = org.objectweb.asm.Type.getArgumentCount(call.desc);
    int first = frame.getStackSize() - arguments;
    boolean hasFlags = call.owner.equals(PATTERN) && call.desc.startsWith("(Ljava/lang/String;I)");
    for (AbstractInsnNode source : frame.getStack(first).insns) {
      if (source instanceof LdcInsnNode constant && constant.cst instanceof String expression) {
        patterns.add(
            new Written(where, expression, hasFlags ? number(frame.getStack(first + 1)) : 0));
      } else {
        computed.add(where);
      }
    }
  }

  private static int number(SourceValue value) {
    AbstractInsnNode source = value.insns.iterator().next();
    if (source instanceof IntInsnNode small) {
      return small.operand;
    }
    if (source instanceof LdcInsnNode constant && constant.cst instanceof Integer number) {
      return number;
    }
    if (source instanceof InsnNode && source.getOpcode() <= Opcodes.ICONST_5) {
      return source.getOpcode() - Opcodes.ICONST_0;
    }
    throw new IllegalStateException("the flags of a pattern are no constant");
  }
}
