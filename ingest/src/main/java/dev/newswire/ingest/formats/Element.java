// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An XML element of a document that was read whole: its name, attributes and content, as light as a
 * tree can be. Paths and names are local names; a namespace is compared only where a method takes
 * one, because the same wire format comes with and without.
 *
 * <p>What is asked for and not there is {@link #NONE}, which has no content, so that paths need no
 * checks on the way; {@link #exists()} tells.
 */
final class Element {

  /** The element that is not there. */
  static final Element NONE = new Element(null, "", "", "");

  private static final int NOWHERE = -1;

  /** An attribute; its namespace is empty where it has none. */
  record Attribute(String prefix, String namespace, String name, String value) {}

  /** A declaration of a namespace; the default namespace has the prefix "". */
  record Declaration(String prefix, String namespace) {}

  private final Element parent;
  private final String prefix;
  private final String namespace;
  private final String name;
  private List<Attribute> attributes = List.of();
  private List<Declaration> declarations = List.of();
  private List<Object> content = List.of();
  private long childNames;
  private boolean cut;
  private int begin = NOWHERE;
  private int end = NOWHERE;

  Element(Element parent, String prefix, String namespace, String name) {
    this.parent = parent;
    this.prefix = prefix;
    this.namespace = namespace;
    this.name = name;
  }

  void add(Attribute attribute) {
    if (attributes.isEmpty()) {
      attributes = new ArrayList<>(4);
    }
    attributes.add(attribute);
  }

  void add(Declaration declaration) {
    if (declarations.isEmpty()) {
      declarations = new ArrayList<>(2);
    }
    declarations.add(declaration);
  }

  void add(Element child) {
    childNames |= trait(child.name, 0, child.name.length());
    append(child);
  }

  void add(String text) {
    if (!text.isEmpty()) {
      append(text);
    }
  }

  private void append(Object node) {
    if (content.isEmpty()) {
      content = new ArrayList<>(4);
    }
    content.add(node);
  }

  boolean exists() {
    return this != NONE;
  }

  /** Marks that the document, or what can be read of it, ends within this element. */
  void cut() {
    cut = true;
  }

  /** Whether the document, or what can be read of it, ends within this element. */
  boolean isCut() {
    return cut;
  }

  /** Notes where in the document's text the element begins and ends. */
  void place(int from, int to) {
    begin = from;
    end = to;
  }

  /** Where it begins in the document's text; negative where that is not known. */
  int begin() {
    return begin;
  }

  /** Where it ends in the document's text; negative where that is not known. */
  int end() {
    return end;
  }

  /** Local name. */
  String name() {
    return name;
  }

  String namespace() {
    return namespace;
  }

  /** The element around this one; empty for the root. */
  Optional<Element> parent() {
    return Optional.ofNullable(parent);
  }

  List<Attribute> attributes() {
    return attributes;
  }

  List<Declaration> declarations() {
    return declarations;
  }

  String prefix() {
    return prefix;
  }

  /** Children in order: an {@link Element} or a String each. */
  List<Object> content() {
    return content;
  }

  /** Child elements in order. */
  List<Element> children() {
    List<Element> children = new ArrayList<>(content.size());
    for (Object node : content) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /** Whether it has child elements. */
  boolean hasChildren() {
    return childNames != 0;
  }

  /**
   * Whether it may have a child of a local name, in whatever case: most of what is asked for is not
   * there, and need not be looked for.
   */
  boolean mayHave(String localName) {
    return mayHave(localName, 0, localName.length());
  }

  private boolean mayHave(String path, int from, int to) {
    return (childNames & trait(path, from, to)) != 0;
  }

  /** One bit that names share which differ in case only; all bits where that is not clear. */
  private static long trait(String path, int from, int to) {
    char first = from < to ? path.charAt(from) : 0;
    return first < 0x80 ? 1L << ((first | 0x20) * 7 + to - from) : -1L;
  }

  /** The first child of a local name. */
  Element child(String localName) {
    if (mayHave(localName)) {
      for (Object node : content) {
        if (node instanceof Element element && element.name.equals(localName)) {
          return element;
        }
      }
    }
    return NONE;
  }

  /** The first child of a namespace and local name. */
  Element child(String childNamespace, String localName) {
    if (mayHave(localName)) {
      for (Object node : content) {
        if (node instanceof Element element
            && element.name.equals(localName)
            && element.namespace.equals(childNamespace)) {
          return element;
        }
      }
    }
    return NONE;
  }

  /** The first element along a path of local names, such as {@code head/docdata/urgency}. */
  Element at(String path) {
    return at(path, 0);
  }

  private Element at(String path, int from) {
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    if (!mayHave(path, from, end)) {
      return NONE;
    }
    for (Object node : content) {
      if (node instanceof Element element && element.isNamed(path, from, end)) {
        Element found = slash < 0 ? element : element.at(path, slash + 1);
        if (found.exists()) {
          return found;
        }
      }
    }
    return NONE;
  }

  /** All elements along a path of local names. */
  List<Element> all(String path) {
    int slash = path.indexOf('/');
    if (!mayHave(path, 0, slash < 0 ? path.length() : slash)) {
      return List.of();
    }
    List<Element> found = new ArrayList<>(4);
    all(path, 0, found);
    return found;
  }

  private void all(String path, int from, List<Element> found) {
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    for (Object node : content) {
      if (node instanceof Element element && element.isNamed(path, from, end)) {
        if (slash < 0) {
          found.add(element);
        } else {
          element.all(path, slash + 1, found);
        }
      }
    }
  }

  /** Whether its local name is a part of a path. */
  private boolean isNamed(String path, int from, int end) {
    return name.length() == end - from && path.startsWith(name, from);
  }

  /** All elements of a local name at any depth below this one, in document order. */
  List<Element> descendants(String localName) {
    List<Element> found = new ArrayList<>();
    collect(localName, found);
    return found;
  }

  private void collect(String localName, List<Element> found) {
    for (Object node : content) {
      if (node instanceof Element element) {
        if (element.name.equals(localName)) {
          found.add(element);
        }
        element.collect(localName, found);
      }
    }
  }

  /** Value of the attribute of a local name, whatever its namespace; empty where there is none. */
  String attribute(String localName) {
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).name.equals(localName)) {
        return attributes.get(i).value.strip();
      }
    }
    return "";
  }

  /** Value of the first of these attributes that is there and not blank. */
  String firstAttribute(String... localNames) {
    for (String localName : localNames) {
      String value = attribute(localName);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** Value of an attribute of this element or the nearest one around it that has it. */
  String inherited(String localName) {
    for (Element element = this; element != null; element = element.parent) {
      String value = element.attribute(localName);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** All text at any depth, as it stands. */
  String rawText() {
    if (content.isEmpty()) {
      return "";
    }
    if (content.size() == 1 && content.get(0) instanceof String text) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    rawText(text);
    return text.toString();
  }

  private void rawText(StringBuilder text) {
    for (Object node : content) {
      if (node instanceof Element element) {
        element.rawText(text);
      } else {
        text.append((String) node);
      }
    }
  }

  /** All text at any depth on one line: white space collapsed, stripped. */
  String text() {
    return PlainText.line(rawText());
  }
}
