// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AtomTest {

  @Test
  void aFeedOfAtom10WithATombstone() {
    Parsed parsed =
        Parsed.of(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"
                xml:lang="de" xml:base="https://hafen.example/">
              <title>Hafen</title><author><name>Redaktion</name></author>
              <entry>
                <id>urn:uuid:1</id>
                <title type="html">Br&amp;uuml;cke &lt;b>offen&lt;/b></title>
                <link rel="self" href="feed/1"/><link href="artikel/1"/>
                <published>2026-03-01T10:00:00+01:00</published>
                <updated>2026-03-02T10:00:00+01:00</updated>
                <category term="verkehr" scheme="https://hafen.example/themen" label="Verkehr"/>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins.</p><p>Zwei.</p>
                </div></content>
                <rights>frei</rights>
              </entry>
              <at:deleted-entry ref="urn:uuid:0" when="2026-03-02T12:00:00Z">
                <at:comment>Falschmeldung</at:comment>
              </at:deleted-entry>
            </feed>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:uuid:1
            format    atom
            url       https://hafen.example/artikel/1
            created   2026-03-02T09:00:00Z
            published 2026-03-01T09:00:00Z
            language  de
            headline  Brücke offen
            byline    Redaktion
            subject   https://hafen.example/themen verkehr 'Verkehr'
            notice    frei
            body      Eins. ¶ Zwei.
            id        wire/urn:uuid:0
            format    atom
            created   2026-03-02T12:00:00Z
            published 2026-03-02T12:00:00Z
            status    CANCELED
            reason    Falschmeldung
            """);
  }

  @Test
  void anEntryOfAtom03() {
    Parsed parsed =
        Parsed.of(
            """
            <feed version="0.3" xmlns="http://purl.org/atom/ns#">
              <entry>
                <id>tag:harbour.example,2026:7</id>
                <title mode="escaped" type="text/html">Ships &amp;amp; boats</title>
                <link rel="alternate" type="text/html" href="https://harbour.example/7"/>
                <issued>2026-03-01T10:00:00Z</issued><modified>2026-03-01T11:00:00Z</modified>
                <content mode="base64" type="application/octet-stream">PHA+SGVsbG8uPC9wPg==</content>
              </entry>
            </feed>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/tag:harbour.example,2026:7
            format    atom
            url       https://harbour.example/7
            created   2026-03-01T11:00:00Z
            published 2026-03-01T10:00:00Z
            headline  Ships & boats
            body      Hello.
            """);
  }

  @Test
  void aTombstoneThatDoesNotTellOfWhatIsRejectedAndItsNeighboursAreRead() {
    Parsed parsed =
        Parsed.of(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
              <at:deleted-entry when="2026-03-02T12:00:00Z"/>
              <entry><id>urn:1</id><title>Kept</title></entry>
            </feed>
            """);
    assertThat(parsed.headlines()).containsExactly("Kept");
    assertThat(parsed.reasons())
        .containsExactly("The deleted-entry has no ref, so nothing tells what was deleted.");
  }
}
