// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsMlG2Test {

  @Test
  void aFullMessageWithItsItems() {
    Parsed parsed =
        Parsed.of(
            """
            <n:newsMessage xmlns:n="http://iptc.org/std/nar/2006-10-01/">
              <n:header><n:priority>2</n:priority></n:header>
              <n:itemSet>
                <n:newsItem guid="urn:newsml:harbour:1" version="4" xml:lang="en">
                  <n:catalogRef href="http://site.invalid/catalog.xml"/>
                  <n:catalog><n:scheme alias="hbr" uri="https://harbour.example/codes/"/></n:catalog>
                  <n:rightsInfo><n:copyrightHolder literal="Harbour"/>
                    <n:usageTerms>Print only.</n:usageTerms></n:rightsInfo>
                  <n:itemMeta>
                    <n:itemClass qcode="ninat:text"/><n:versionCreated>2026-03-02T10:00:00Z</n:versionCreated>
                    <n:firstCreated>2026-03-01T10:00:00Z</n:firstCreated>
                    <n:embargoed>2026-03-05T10:00:00Z</n:embargoed>
                    <n:pubStatus qcode="stat:usable"/><n:edNote>Check the name.</n:edNote>
                    <n:signal qcode="sig:correction"/>
                    <n:link rel="irel:previousVersion" residref="urn:newsml:harbour:1"/>
                    <n:link rel="irel:seeAlso" residref="urn:newsml:harbour:9"/>
                  </n:itemMeta>
                  <n:contentMeta>
                    <n:urgency>4</n:urgency><n:located><n:name>Portsmouth</n:name></n:located>
                    <n:infoSource literal="Harbour Board"/>
                    <n:subject qcode="medtop:20000565" confidence="90"><n:name>boats</n:name></n:subject>
                    <n:subject qcode="hbr:B7" type="cpnat:organisation"><n:name>Board</n:name></n:subject>
                    <n:slugline>BRIDGE/</n:slugline><n:headline>Bridge reopens</n:headline>
                    <n:headline xml:lang="de">Brücke offen</n:headline>
                    <n:dateline>PORTSMOUTH</n:dateline><n:by>By Ann Poe</n:by>
                    <n:creditline>Harbour/Poe</n:creditline>
                  </n:contentMeta>
                  <n:contentSet><n:inlineXML contenttype="application/xhtml+xml">
                    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
                    <body><p>First.</p><p>Second.</p></body></html></n:inlineXML></n:contentSet>
                </n:newsItem>
                <n:packageItem guid="urn:newsml:harbour:2" xml:lang="en">
                  <n:itemMeta><n:versionCreated>2026-03-02T11:00:00Z</n:versionCreated>
                  <n:title>Top stories</n:title></n:itemMeta>
                  <n:groupSet root="r"><n:group id="r"><n:itemRef residref="urn:newsml:harbour:1"/>
                  </n:group></n:groupSet>
                </n:packageItem>
                <n:conceptItem guid="urn:newsml:harbour:3"/>
              </n:itemSet>
            </n:newsMessage>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:newsml:harbour:1
            format    newsml-g2
            version   4
            created   2026-03-02T10:00:00Z
            first     2026-03-01T10:00:00Z
            published 2026-03-02T10:00:00Z
            embargo   until 2026-03-05T10:00:00Z
            urgency   4
            priority  2
            signals   correction
            see-also  wire/urn:newsml:harbour:9
            language  en
            headline  Bridge reopens
            slugline  BRIDGE/
            byline    By Ann Poe
            credit    Harbour/Poe
            dateline  PORTSMOUTH
            located   Portsmouth
            sources   Harbour Board
            subject   http://cv.iptc.org/newscodes/mediatopic/ 20000565 'boats' medtop:20000565 90%
            organisation https://harbour.example/codes/ B7 'Board'
            note      Check the name.
            holder    Harbour
            terms     Print only.
            body      First. ¶ Second.
            id        wire/urn:newsml:harbour:2
            format    newsml-g2
            version   1
            created   2026-03-02T11:00:00Z
            published 2026-03-02T11:00:00Z
            priority  2
            signals   package
            contains  wire/urn:newsml:harbour:1
            language  en
            headline  Top stories
            REJECT It is a conceptItem, which holds no article; articles come as newsItem or packageItem.
            """);
  }

  @Test
  void aKillComesWithAnEmptyText() {
    Parsed parsed =
        Parsed.of(
            """
            <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:harbour:1" version="5">
              <itemMeta><versionCreated>2026-03-03T10:00:00Z</versionCreated>
              <pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/></itemMeta>
            </newsItem>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:newsml:harbour:1
            format    newsml-g2
            version   5
            created   2026-03-03T10:00:00Z
            published 2026-03-03T10:00:00Z
            status    CANCELED
            """);
  }

  @Test
  void anEmptyEmbargoHasNoKnownEnd() {
    Parsed parsed =
        Parsed.of(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:a'><itemMeta>"
                + "<embargoed/></itemMeta></newsItem>");
    assertThat(parsed.sheets()).contains("embargo   no known end\n");
  }

  @Test
  void anItemWithoutAGuidIsRejected() {
    Parsed parsed = Parsed.of("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>");
    assertThat(parsed.reasons())
        .containsExactly("The newsItem has no guid, so nothing tells what it is.");
  }
}
