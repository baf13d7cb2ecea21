// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of an address that only tell where a reader came from. They are no part of an
 * article's identity. Immutable; safe for use by many threads.
 */
public final class TrackingParameters {

  /**
   * A star at the end stands for any end; an equals sign goes before the one value that is meant.
   */
  private static final String KEPT =
      """
      utm_* at_* ns_* wt.* wt_* pk_* piwik_* mtm_* matomo_* hsa_* _hs* __hs* sc_* mc_* ga_* _ga*
      itm_* int_* stm_* oly_* vero_* trk* cm_mmc* cm_ven cm_cat cm_pla cm_ite guce_* li_fat_id
      ref ref_* referrer referer cmp cmpid campaign campaign_id campaignid partner emc ncid ocid
      xtor xtref smid smtyp smprod ito srnd tsrc ftag fr ftcamp intcmp icid rss rssfeed feedtype
      feedname ft_camp mod mkt_tok mkwid msclkid gclid gclsrc dclid gbraid wbraid fbclid yclid
      twclid ttclid igshid igsh epik _gl gi sr_share share_from share_id shareid soc_src soc_trk
      guccounter guce_referrer taid tid_ocid traffic_source traffic_medium wprov wkid wtmc spm
      rb_clickid s_cid s_kwcid s_campaign nr_email_referer recruiter sfmc_* dicbo outbrainclickid
      taboola_* tblci echobox linkid_rss syndication source=rss src=rss from=rss via=rss feed=rss
      medium=rss channel=rss type=rss origin=rss output=rss
      """;

  /** The kept list. */
  public static final TrackingParameters DEFAULT = new TrackingParameters(List.of());

  private final Set<String> names;
  private final List<String> beginnings;

  /**
   * The kept list and more.
   *
   * @param more names, whatever their case; with a star at the end, beginnings of names; with a
   *     value behind an equals sign, that value of a name only
   */
  public TrackingParameters(Collection<String> more) {
    List<String> all =
        Stream.concat(Stream.of(KEPT.strip().split("\\s+", -1)), more.stream())
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty() && !name.equals("*"))
            .toList();
    names = Set.copyOf(new java.util.HashSet<>(all));
    List<String> begin = new ArrayList<>();
    all.stream()
        .filter(name -> name.endsWith("*"))
        .map(name -> name.substring(0, name.length() - 1))
        .forEach(begin::add);
    beginnings = List.copyOf(begin);
  }

  /** Whether a parameter, as it stands in a query, is one of them. */
  boolean contains(String parameter) {
    String lower = parameter.toLowerCase(Locale.ROOT);
    int equals = lower.indexOf('=');
    String name = equals < 0 ? lower : lower.substring(0, equals);
    return names.contains(name)
        || names.contains(lower)
        || beginnings.stream().anyMatch(name::startsWith);
  }
}
