// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds in the charsets of the time before UTF-8, which neither they nor anybody else declares. */
class UndeclaredCharsetTest {

  @ParameterizedTest
  @CsvSource({
    "Big5, 總統府今天宣布新的內閣名單，行政院長表示將繼續推動經濟改革和能源政策。立法院下星期開始審議預算。",
    "EUC-JP, 政府は今日、新しい経済対策を発表した。首相は記者会見で、来年度の予算について説明しました。",
    "Shift_JIS, 政府は今日、新しい経済対策を発表した。首相は記者会見で、来年度の予算について説明しました。",
    "EUC-KR, 정부는 오늘 새로운 경제 대책을 발표했다. 대통령은 기자회견에서 내년도 예산에 대해 설명했다.",
    "GB18030, 中国政府今天宣布了新的经济政策。总理在新闻发布会上表示，明年的预算将继续增加。我们的目标是发展。",
    "KOI8-R, Правительство объявило сегодня о новых мерах поддержки экономики. Премьер-министр сказал об этом.",
    "windows-1251, Правительство объявило сегодня о новых мерах поддержки экономики. Премьер-министр сказал об этом.",
    "windows-1253, Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την οικονομία. Ο πρωθυπουργός είπε ότι θα συνεχίσει.",
    "windows-1252, Le gouvernement a annoncé aujourd’hui de nouvelles mesures économiques. Le président l’a déclaré à l’Élysée.",
    "windows-1252, Die Bundesregierung hat heute neue Maßnahmen für die Wirtschaft angekündigt. Das müsse schnell geschehen.",
    "windows-1252, El Gobierno anunció hoy nuevas medidas económicas. El presidente señaló que continuará mañana.",
    "windows-1252, Regeringen säger i dag att den lägger fram nya åtgärder för ekonomin på måndag.",
    "windows-1252, The café said it would cost £5 more.",
  })
  void theTextIsReadAsItWasMeant(String charset, String text) {
    String feed =
        "<rss version=\"2.0\"><channel><title>News</title><item><guid>urn:1</guid><title>%s</title><description>%s</description></item></channel></rss>"
            .formatted(text, text);
    Parsed parsed = Parsed.of(feed.getBytes(Charset.forName(charset)));
    assertThat(parsed.article().getHeadline()).isEqualTo(text);
  }
}
