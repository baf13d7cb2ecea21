// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsMl12Test {

  @Test
  void aFullItemAKillAPatchAndAnItemWithoutId() {
    Parsed parsed =
        Parsed.of(
            """
            <NewsML Version="1.2">
              <NewsEnvelope><DateAndTime>20260302T100000Z</DateAndTime><Priority FormalName="3"/></NewsEnvelope>
              <NewsItem xml:lang="en">
                <Identification><NewsIdentifier><ProviderId>hbr.example</ProviderId><DateId>20260301</DateId>
                  <NewsItemId>B1</NewsItemId><RevisionId PreviousRevision="1" Update="U">2</RevisionId>
                  <PublicIdentifier>urn:newsml:hbr.example:20260301:B1:2U</PublicIdentifier></NewsIdentifier>
                  <NameLabel>Bridge</NameLabel></Identification>
                <NewsManagement><FirstCreated>20260301T100000+0000</FirstCreated>
                  <ThisRevisionCreated>20260302T100000+0000</ThisRevisionCreated><Status FormalName="EMBARGOED"/>
                  <StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260305T060000Z</DateAndTime></StatusWillChange>
                  <Urgency FormalName="4"/><AssociatedWith NewsItem="urn:newsml:hbr.example:20260301:P1"/>
                  <Instruction FormalName="Correction"/></NewsManagement>
                <NewsComponent>
                  <NewsLines><HeadLine>Bridge reopens</HeadLine><ByLine>By Ann Poe</ByLine>
                    <DateLine>PORTSMOUTH, March 2 (HBR) -</DateLine><CreditLine>HBR</CreditLine>
                    <CopyrightLine>(c) HBR</CopyrightLine><SlugLine>bridge</SlugLine><KeywordLine>bridges</KeywordLine>
                    <NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>ADDS quote</NewsLineText></NewsLine></NewsLines>
                  <AdministrativeMetadata><Provider><Party FormalName="HBR"/></Provider></AdministrativeMetadata>
                  <RightsMetadata><UsageRights><UsageType>Print only.</UsageType></UsageRights></RightsMetadata>
                  <DescriptiveMetadata><Language FormalName="en"/><Genre FormalName="Current"/>
                    <SubjectCode><Subject FormalName="04000000"/><SubjectMatter FormalName="04015000"/></SubjectCode>
                    <Location HowPresent="Origin"><Property FormalName="City" Value="Portsmouth"/></Location></DescriptiveMetadata>
                  <NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>Short.</DataContent></ContentItem></NewsComponent>
                  <NewsComponent><Role FormalName="Main"/><ContentItem><Format FormalName="NITF"/><DataContent>
                    <nitf><body><body.content><p>First.</p><p>Second.</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent>
                </NewsComponent>
              </NewsItem>
              <NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:hbr.example:20260301:B2:3</PublicIdentifier>
                  <RevisionId Update="N">3</RevisionId></NewsIdentifier></Identification>
                <NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem>
              <NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:x:1</PublicIdentifier></NewsIdentifier></Identification>
                <Update><Insert/></Update></NewsItem>
              <NewsItem/>
            </NewsML>
            """);
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/urn:newsml:hbr.example:20260301:B1
            format    newsml-1.2
            version   2
            created   2026-03-02T10:00:00Z
            first     2026-03-01T10:00:00Z
            published 2026-03-02T10:00:00Z
            embargo   until 2026-03-05T06:00:00Z
            urgency   4
            priority  3
            signals   correction
            associated-with wire/urn:newsml:hbr.example:20260301:P1
            language  en
            headline  Bridge reopens
            slugline  bridge
            byline    By Ann Poe
            credit    HBR
            dateline  PORTSMOUTH, March 2 (HBR)
            located   Portsmouth
            sources   HBR
            keyword   'bridges'
            subject   http://cv.iptc.org/newscodes/subjectcode/ 04000000 medtop:04000000
            subject   http://cv.iptc.org/newscodes/subjectcode/ 04015000 medtop:04000000
            genre     'Current'
            note      ADDS quote
            notice    (c) HBR
            terms     Print only.
            body      First. ¶ Second.
            id        wire/urn:newsml:hbr.example:20260301:B2
            format    newsml-1.2
            version   3
            published 2026-03-04T12:00:00Z
            status    CANCELED
            priority  3
            REJECT It is a patch (Update) and not the whole text; ask the provider for whole revisions.
            REJECT The NewsItem has no NewsIdentifier, so nothing tells what it is.
            """);
  }
}
