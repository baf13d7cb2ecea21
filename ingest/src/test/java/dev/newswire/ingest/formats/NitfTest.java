// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NitfTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " xmlns='http://iptc.org/std/NITF/2006-10-18/'"})
  void aFullItemWithAndWithoutNamespace(String namespace) {
    Parsed parsed =
        Parsed.of(
            """
            <nitf xml:lang="en"%s>
              <head>
                <title>not this</title>
                <meta name="anpa-keyword" content="bridge"/>
                <meta name="anpa-takekey" content="1st Lead"/>
                <tobject><tobject.property tobject.property.type="Feature"/>
                  <tobject.subject tobject.subject.refnum="04015001" tobject.subject.matter="Transport"/>
                </tobject>
                <docdata management-status="usable">
                  <doc-id regsrc="HBR" id-string="hbr-1"/><urgency ed-urg="3"/>
                  <date.issue norm="20260302T101500+0200"/>
                  <correction info="Mends the name of the bridge." id-string="hbr-0"/>
                  <ed-msg info="Photos to follow."/>
                  <doc.copyright holder="Harbour" year="2026"/>
                  <key-list><keyword key="bridges"/></key-list>
                  <evloc city="Portsmouth" iso-cc="GB"/>
                </docdata>
              </head>
              <body>
                <body.head>
                  <hedline><hl1>Bridge reopens</hl1><hl2>not this</hl2></hedline>
                  <note><p>Not for web.</p></note>
                  <byline>By <person>Ann Poe</person></byline>
                  <distributor>Harbour Wire</distributor>
                  <dateline><location>Portsmouth</location></dateline>
                </body.head>
                <body.content><p>First <em>para</em>.</p>
                  <media><media-caption>no</media-caption></media><p>Second.</p></body.content>
              </body>
            </nitf>
            """
                .formatted(namespace));
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/hbr-1
            format    nitf
            created   2026-03-02T08:15:00Z
            published 2026-03-02T08:15:00Z
            urgency   3
            signals   correction
            corrects  wire/hbr-0
            language  en
            headline  Bridge reopens
            slugline  bridge
            take key  1st Lead
            byline    By Ann Poe
            credit    Harbour Wire
            dateline  Portsmouth
            located   Portsmouth
            keyword   'bridges'
            place     'Portsmouth, GB'
            subject   http://cv.iptc.org/newscodes/subjectcode/ 04015001 'Transport' medtop:04000000
            genre     'Feature'
            note      Not for web.
            note      Photos to follow.
            note      Mends the name of the bridge.
            holder    Harbour
            notice    © 2026 Harbour
            body      First para. ¶ Second.
            """);
  }

  @Test
  void anItemThatKillsAnotherKillsIt() {
    Parsed parsed =
        Parsed.of(
            """
            <nitf><head><docdata management-doc-idref="a" management-idref-status="canceled">
              <doc-id id-string="b"/><date.issue norm="20260302T101500Z"/></docdata></head>
              <body><body.head><hedline><hl1>Kill: bridge</hl1></hedline></body.head>
              <body.content><p>Do not use.</p></body.content></body></nitf>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/b
            format    nitf
            created   2026-03-02T10:15:00Z
            published 2026-03-02T10:15:00Z
            kills     wire/a
            headline  Kill: bridge
            body      Do not use.
            id        wire/a
            format    nitf
            created   2026-03-02T10:15:00Z
            published 2026-03-02T10:15:00Z
            status    CANCELED
            killed by wire/b
            killed-by wire/b
            """);
  }

  @Test
  void anEmbargoLastsUntilTheRelease() {
    String item =
        "<nitf><head><docdata management-status='%s'><doc-id id-string='a'/>"
            + "<date.issue norm='20260302T101500Z'/><date.release norm='%s'/></docdata></head>"
            + "<body/></nitf>";
    assertThat(Parsed.of(item.formatted("embargoed", "20260305T060000Z")).sheets())
        .contains("embargo   until 2026-03-05T06:00:00Z");
    assertThat(Parsed.of(item.formatted("usable", "20260305T060000Z")).sheets())
        .contains("embargo   until 2026-03-05T06:00:00Z");
    assertThat(Parsed.of(item.formatted("usable", "20260302T101500Z")).sheets())
        .doesNotContain("embargo");
    assertThat(Parsed.of(item.formatted("embargoed", "")).sheets())
        .contains("embargo   no known end");
    assertThat(Parsed.of(item.formatted("embargoed", "Next Monday")).sheets())
        .contains("embargo   no known end: Next Monday", "signals   embargo-unreadable");
  }
}
