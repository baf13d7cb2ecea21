// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes elements back as XML text. */
final class XmlText {

  private static final List<String> PREDEFINED =
      List.of("#", "amp;", "lt;", "gt;", "quot;", "apos;");

  private final StringBuilder out = new StringBuilder();

  private XmlText() {}

  /** An element on its own, in UTF-8, with all the namespaces and xml: attributes it stood in. */
  static byte[] standalone(Element element) {
    XmlText text = new XmlText();
    text.write(element, true);
    return text.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What an element inherits, as attributes of its own. */
  static String inherited(Element element) {
    XmlText text = new XmlText();
    text.inherit(element);
    return text.out.toString();
  }

  /** Whether an element is where it is said to be in the document's text. */
  static boolean isWhole(Element element, String document) {
    int begin = element.begin();
    int end = element.end();
    return begin >= 0
        && end > begin
        && end <= document.length()
        && document.charAt(begin) == '<'
        && document.startsWith(qualified(element), begin + 1)
        && document.charAt(end - 1) == '>';
  }

  /**
   * Where, from some place on, the first reference is that XML itself does not explain; the
   * document's end where there is none.
   */
  static int unknownReference(String document, int from) {
    int at = document.indexOf('&', from);
    while (at >= 0 && isPredefined(document, at + 1)) {
      at = document.indexOf('&', at + 1);
    }
    return at < 0 ? document.length() : at;
  }

  private static boolean isPredefined(String written, int from) {
    for (String reference : PREDEFINED) {
      if (written.startsWith(reference, from)) {
        return true;
      }
    }
    return false;
  }

  static String qualified(Element element) {
    return element.prefix().isEmpty() ? element.name() : element.prefix() + ":" + element.name();
  }

  private void write(Element element, boolean outermost) {
    out.append('<');
    qualified(element.prefix(), element.name());
    for (Element.Declaration declaration : element.declarations()) {
      declare(declaration);
    }
    for (Element.Attribute attribute : element.attributes()) {
      write(attribute);
    }
    if (outermost) {
      inherit(element);
    }
    if (element.content().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object node : element.content()) {
      if (node instanceof Element child) {
        write(child, false);
      } else {
        escape((String) node, false);
      }
    }
    out.append("</");
    qualified(element.prefix(), element.name());
    out.append('>');
  }

  private void write(Element.Attribute attribute) {
    out.append(' ');
    qualified(attribute.prefix(), attribute.name());
    out.append("=\"");
    escape(attribute.value(), true);
    out.append('"');
  }

  private void declare(Element.Declaration declaration) {
    out.append(declaration.prefix().isEmpty() ? " xmlns" : " xmlns:")
        .append(declaration.prefix())
        .append("=\"");
    escape(declaration.namespace(), true);
    out.append('"');
  }

  private void inherit(Element element) {
    Set<String> known = new HashSet<>();
    element.declarations().forEach(declaration -> known.add(declaration.prefix()));
    element.attributes().forEach(a -> known.add(a.prefix() + ":" + a.name()));
    var around = element.parent();
    while (around.isPresent()) {
      for (Element.Declaration declaration : around.get().declarations()) {
        if (known.add(declaration.prefix())) {
          declare(declaration);
        }
      }
      for (Element.Attribute attribute : around.get().attributes()) {
        if (attribute.prefix().equals("xml") && known.add("xml:" + attribute.name())) {
          write(attribute);
        }
      }
      around = around.get().parent();
    }
  }

  private void qualified(String prefix, String name) {
    if (!prefix.isEmpty()) {
      out.append(prefix).append(':');
    }
    out.append(name);
  }

  private void escape(String text, boolean quotes) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      String entity =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '"' -> quotes ? "&quot;" : null;
            case '\n' -> quotes ? "&#10;" : null;
            case '\t' -> quotes ? "&#9;" : null;
            default -> null;
          };
      if (entity != null) {
        out.append(text, from, i).append(entity);
        from = i + 1;
      }
    }
    out.append(text, from, text.length());
  }
}
