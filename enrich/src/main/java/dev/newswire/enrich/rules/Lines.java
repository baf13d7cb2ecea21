// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** On which lines the parts of a YAML document stand. Not made unless something is wrong. */
final class Lines {

  private final Node document;

  /** Reads a document that has been read before, so it is known to be YAML. */
  Lines(String yaml, LoaderOptions options) {
    document = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
  }

  /**
   * The line of what a path of names and indexes leads to, or of the last part on the way that is
   * there; from 1 on.
   */
  int of(List<Object> path) {
    Node node = document;
    int line = line(node);
    for (Object step : path) {
      if (node instanceof MappingNode mapping) {
        NodeTuple entry = entry(mapping, step);
        if (entry == null) {
          return line;
        }
        line = line(entry.getKeyNode());
        node = entry.getValueNode();
      } else if (node instanceof SequenceNode sequence
          && step instanceof Integer index
          && index < sequence.getValue().size()) {
        node = sequence.getValue().get(index);
        line = line(node);
      } else {
        return line;
      }
    }
    return line;
  }

  private static NodeTuple entry(MappingNode mapping, Object name) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals(String.valueOf(name))) {
        return entry;
      }
    }
    return null;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
