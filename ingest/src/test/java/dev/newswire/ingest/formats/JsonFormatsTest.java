// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class JsonFormatsTest {

  @Test
  void aJsonFeedOfBothVersions() {
    Parsed parsed =
        Parsed.of(
            """
            {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour",
             "feed_url": "https://harbour.example/feed.json", "next_url": "https://harbour.example/feed.json?p=2",
             "language": "en", "authors": [{"name": "Desk"}], "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
             "items": [
              {"id": "https://harbour.example/1", "url": "https://harbour.example/1", "title": "Bridge & ferry",
               "content_html": "<p>First.</p><p>Second.</p>", "date_published": "2026-03-01T10:00:00Z",
               "date_modified": "2026-03-02T10:00:00Z", "authors": [{"name": "Ann Poe"}], "tags": ["bridge"]},
              {"id": 2, "content_text": "Ferry late.", "summary": "not this"},
              {"url": "https://harbour.example/3?utm_source=x", "summary": "Fog ahead.", "language": "de-AT"},
              "no object"
             ]}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/https://harbour.example/1
            format    json-feed
            url       https://harbour.example/1
            created   2026-03-02T10:00:00Z
            published 2026-03-01T10:00:00Z
            language  en
            headline  Bridge & ferry
            byline    Ann Poe
            keyword   'bridge'
            body      First. ¶ Second.
            id        wire/wire-news#2
            format    json-feed
            published 2026-03-04T12:00:00Z
            language  en
            byline    Desk
            body      Ferry late.
            id        wire/https://harbour.example/3
            format    json-feed
            url       https://harbour.example/3?utm_source=x
            published 2026-03-04T12:00:00Z
            language  de-AT
            byline    Desk
            body      Fog ahead.
            partial   yes
            REJECT The item is no object, or is empty.
            """);
    assertThat(parsed.links).containsExactly(URI.create("https://harbour.example/feed.json?p=2"));
    assertThat(parsed.notices.get(0).hub()).contains(URI.create("https://hub.example/"));
  }

  @Test
  void aFullItemOfNinjs1() {
    Parsed parsed =
        Parsed.of(
            """
            {"uri": "urn:harbour:1", "type": "text", "version": "3", "versioncreated": "2026-03-02T10:00:00+0000",
             "firstcreated": "2026-03-01T10:00:00Z", "embargoed": "2026-03-05T06:00:00Z", "pubstatus": "usable",
             "urgency": 3, "language": "en-GB", "headline": "Bridge reopens", "slugline": "bridge", "byline": "Ann Poe",
             "located": "Portsmouth", "ednote": "Check the name.", "copyrightholder": "Harbour",
             "copyrightnotice": "(c) Harbour", "usageterms": "Print only.",
             "body_text": "First. Second.", "body_html": "<p>First.</p><p>Second.</p>",
             "subject": [{"name": "boats", "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20000565",
               "creator": "Machine", "confidence": 80}],
             "person": [{"name": "Jo Roe", "rel": "about"}], "organisation": [{"name": "Board"}],
             "place": [{"name": "Portsmouth", "code": "http://sws.geonames.org/2639996"}],
             "infosource": [{"name": "Harbour Board"}]}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:harbour:1
            format    ninjs
            version   3
            created   2026-03-02T10:00:00Z
            first     2026-03-01T10:00:00Z
            published 2026-03-02T10:00:00Z
            embargo   until 2026-03-05T06:00:00Z
            urgency   3
            language  en-GB
            headline  Bridge reopens
            slugline  bridge
            byline    Ann Poe
            located   Portsmouth
            sources   Harbour Board
            subject   http://cv.iptc.org/newscodes/mediatopic/ 20000565 'boats' medtop:20000565 80%
            person    'Jo Roe'
            organisation 'Board'
            place     http://sws.geonames.org/ 2639996 'Portsmouth'
            note      Check the name.
            holder    Harbour
            notice    (c) Harbour
            terms     Print only.
            body      First. ¶ Second.
            warning   The item does not say of which version of ninjs it is; 'infosource' came with 1.2.
            """);
  }

  @Test
  void severalItemsOfNinjs2WithWhatTheStandardDoesNotHave() {
    Parsed parsed =
        Parsed.of(
            """
            [{"uri": "urn:harbour:1", "pubstatus": "canceled", "versioncreated": "2026-03-03T10:00:00Z", "version": "4"},
             {"uri": "urn:harbour:2", "headlines": [{"role": "sub", "value": "no"}, {"role": "main", "value": "Ferry late"}],
              "bodies": [{"role": "text", "contenttype": "text/plain", "value": "Plain."},
                         {"role": "html", "contenttype": "text/html", "value": "<p>Fog.</p>"}],
              "by": "Jo Roe", "subjects": [{"name": "boats", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000565"}],
              "foo": 1, "genres": "news", "pubstatus": "commissioned"},
             {"headlines": []}]
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:harbour:1
            format    ninjs
            version   4
            created   2026-03-03T10:00:00Z
            published 2026-03-03T10:00:00Z
            status    CANCELED
            id        wire/urn:harbour:2
            format    ninjs
            published 2026-03-04T12:00:00Z
            status    WITHHELD
            headline  Ferry late
            byline    Jo Roe
            subject   http://cv.iptc.org/newscodes/mediatopic/ 20000565 'boats' medtop:20000565
            body      Fog.
            warning   ninjs has no property 'foo'; it was left out.
            warning   The ninjs property 'genres' is not an array.
            warning   The ninjs property 'pubstatus' is 'commissioned', which is none of usable, withheld, canceled.
            warning   The status 'commissioned' is unknown; the article is withheld.
            REJECT The ninjs item has no uri, so nothing tells what it is.
            """);
  }

  @Test
  void aPictureOfNinjs3WithAnEmbargoThatIsNoMoment() {
    Parsed parsed =
        Parsed.of(
            """
            {"standard": {"name": "ninjs", "version": "3.1"}, "uri": "urn:harbour:5", "type": "picture",
             "versionCreated": "2026-03-02T10:00:00Z", "firstCreated": "2026-03-01T10:00:00Z",
             "embargoedUntil": "Next Monday", "pubStatus": "withheld", "edNote": "Hold.", "copyrightHolder": "Harbour",
             "title": "A bridge", "descriptions": [{"role": "caption", "value": "The bridge at night."}],
             "people": [{"name": "Jo Roe", "uri": "http://www.wikidata.org/entity/Q1"}]}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:harbour:5
            format    ninjs
            created   2026-03-02T10:00:00Z
            first     2026-03-01T10:00:00Z
            published 2026-03-02T10:00:00Z
            status    WITHHELD
            embargo   no known end: Next Monday
            signals   embargo-unreadable picture
            headline  A bridge
            person    http://www.wikidata.org/entity/ Q1 'Jo Roe'
            note      Hold.
            holder    Harbour
            body      The bridge at night.
            partial   yes
            warning   The embargo 'Next Monday' is no moment; embargoed with no known end.
            """);
  }

  @Test
  void aPageOfTheApMediaApi() {
    Parsed parsed =
        Parsed.of(
            """
            {"api_version": "1.1", "data": {"next_page": "https://ap.example/next", "items": [
             {"item": {"altids": {"itemid": "abc", "etag": "abc_1"}, "version": 0, "type": "text", "pubstatus": "embargoed",
               "embargoed": "2026-03-05T06:00:00Z", "versioncreated": "2026-03-02T10:00:00Z", "signals": ["newscontent", "test"],
               "headline": "Bridge reopens", "bylines": [{"by": "By ANN POE"}], "usageterms": ["Print.", "No web."],
               "datelinelocation": {"city": "Portsmouth", "countryname": "UNITED KINGDOM"},
               "subject": [{"name": "Bridges", "code": "b1", "scheme": "http://cv.ap.org/id/", "creator": "Machine"}]}},
             {"item": {"altids": {"itemid": "def"}, "pubstatus": "usable", "headline": "Not yet", "signals": []}},
             {"item": {"headline": "Nobody"}}]}}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/abc
            format    ap-media-api
            version   0
            created   2026-03-02T10:00:00Z
            published 2026-03-02T10:00:00Z
            embargo   until 2026-03-05T06:00:00Z
            signals   test
            headline  Bridge reopens
            byline    By ANN POE
            located   Portsmouth, UNITED KINGDOM
            subject   http://cv.ap.org/id/ b1 'Bridges'
            terms     Print. No web.
            partial   yes
            id        wire/def
            format    ap-media-api
            published 2026-03-04T12:00:00Z
            status    WITHHELD
            reason    The item is not signalled as newscontent.
            headline  Not yet
            partial   yes
            REJECT The AP item has no altids.itemid, so nothing tells what it is.
            """);
    assertThat(parsed.links).containsExactly(URI.create("https://ap.example/next"));
  }

  @Test
  void anItemOfDpaDigitalwires() {
    Parsed parsed =
        Parsed.of(
            """
            {"format": "digitalwires@0.9.1", "urn": "urn:newsml:hbr:1", "entry_id": "x", "version": 2, "signal": "sig:correction",
             "version_created": "2026-03-02T11:00:00+01:00", "embargoed": "2026-03-05T06:00:00Z", "pubstatus": "usable",
             "urgency": 4, "language": "de", "kicker": "Hafen", "headline": "Brücke offen", "byline": "Von Ann Poe", "dateline": "Hamburg (hbr) - ",
             "article_html": "<section class=\\"main\\"><p>Eins.</p><p>Zwei.</p></section>", "creditline": "hbr",
             "ednotes": [{"ednote": "Namen prüfen.", "is_publishable": false}],
             "categories": [{"type": "dnltype:dpasubject", "name": "Krieg", "qcode": "medtop:20000062"},
               {"type": "dnltype:geosubject", "name": "Hamburg", "qcode": "dpaarea:6"}, {"type": "dnltype:desk", "name": "ku"}]}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:newsml:hbr:1
            format    dpa-digitalwires
            version   2
            created   2026-03-02T10:00:00Z
            published 2026-03-02T10:00:00Z
            embargo   until 2026-03-05T06:00:00Z
            urgency   4
            signals   correction
            language  de
            headline  Brücke offen
            slugline  Hafen
            byline    Von Ann Poe
            credit    hbr
            dateline  Hamburg (hbr)
            subject   http://cv.iptc.org/newscodes/mediatopic/ 20000062 'Krieg' medtop:20000062
            place     dpaarea 6 'Hamburg'
            note      Namen prüfen.
            body      Eins. ¶ Zwei.
            """);
  }

  @Test
  void newswiresOwnJsonLinesWithABrokenOne() {
    Parsed parsed =
        Parsed.of(
            """
            {"id":"wire/urn:1","provider":"wire","itemId":"urn:1","feed":"wire-news","url":"https://harbour.example/1","version":"2","versionCreated":"2026-03-02T10:00:00Z","published":"2026-03-01T10:00:00Z","status":"usable","language":"en","headline":"Bridge reopens","slugline":"bridge","byline":"Ann Poe","dateline":"PORTSMOUTH","body":"First.\\n\\nSecond.","entities":[{"kind":"place","name":"Portsmouth"}],"topics":[]}
            {"id": broken

            {"id":"other/urn:2","provider":"other","itemId":"urn:2","feed":"f","published":"2026-03-01T10:00:00Z","status":"canceled","headline":"","body":""}
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:1
            format    newswire-json
            url       https://harbour.example/1
            version   2
            created   2026-03-02T10:00:00Z
            published 2026-03-01T10:00:00Z
            language  en
            headline  Bridge reopens
            slugline  bridge
            byline    Ann Poe
            dateline  PORTSMOUTH
            body      First. ¶ Second.
            id        wire/other/urn:2
            format    newswire-json
            published 2026-03-01T10:00:00Z
            status    CANCELED
            REJECT The document is no well-formed JSON: Unrecognized token 'broken': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), at line 1, column 8.
            """);
  }

  @Test
  void ofJsonLinesTheFirstMayBeLongerThanWhatAFormatIsRecognisedBy() {
    String line = "{\"uri\": \"urn:%d\", \"headline\": \"Story %d\", \"body_text\": \"%s\"}\n";
    String text = "word ".repeat(Formats.OPENING / 4);
    Parsed parsed = Parsed.of(line.formatted(1, 1, text) + line.formatted(2, 2, text));
    assertThat(parsed.reasons()).isEmpty();
    assertThat(parsed.headlines()).containsExactly("Story 1", "Story 2");
  }

  @Test
  void aPageWithinAJsonTextIsNoPage() {
    Parsed parsed =
        Parsed.of("{\"uri\": \"urn:1\", \"body_html\": \"<html><body>A</body></html>\"}");
    assertThat(parsed.raws.get(0).getOriginal().getFormat()).isEqualTo("ninjs");
  }
}
