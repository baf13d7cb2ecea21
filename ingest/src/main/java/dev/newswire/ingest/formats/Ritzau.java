// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;

/** Ritzau's own XML: one article, or several in one document. */
final class Ritzau implements XmlFormat {

  private static final String ITEM = "RBNews";

  @Override
  public String name() {
    return "ritzau";
  }

  @Override
  public boolean recognises(Element root) {
    return root.name().equals(ITEM) || root.child(ITEM).exists();
  }

  @Override
  public void parse(Element root, Reading reading) throws Rejection {
    List<Element> items = root.name().equals(ITEM) ? List.of(root) : root.all(ITEM);
    for (Element item : items) {
      reading.item(item, () -> List.of(item(item, reading.draft())));
    }
  }

  private static Draft item(Element item, Draft draft) throws Rejection {
    if (item.child("headline").text().isEmpty() && item.child("content").text().isEmpty()) {
      throw new Rejection("The RBNews has neither a headline nor content.");
    }
    draft
        .itemId(item.child("NewsID").text())
        .derivedFrom(item.child("headline").text(), item.child("PublishDate").text())
        .version(item.child("version").text())
        .versionCreated(item.child("PublishDate").text())
        .headline(BodyText.lineOfPlain(item.child("headline").text()))
        .priority(item.child("Priority").text())
        .byline(item.child("origin").text())
        .language("da");
    draft.keywords(List.of(item.child("strapline").text().split("/", -1)));
    Element content = item.child("content");
    if (content.hasChildren()) {
      draft.bodyMarkup(content);
    } else {
      draft.bodyHtml(content.rawText());
    }
    if (draft.body().isEmpty()) {
      draft.body(PlainText.paragraphs(item.child("subtitle").text())).partial();
    }
    draft.note(BodyText.ofHtml(item.child("TilRedaktionen").rawText()));
    return draft;
  }
}
