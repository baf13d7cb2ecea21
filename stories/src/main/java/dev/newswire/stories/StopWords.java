// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that say nothing about what a text is about: function words of the languages that feeds are
 * mostly in, and what every wire's text has. In other languages their frequency tells them.
 */
final class StopWords {

  private static final String WORDS =
      """
      a about after again against ago all also although am among an and another any are around as at
      away back be became because been before being between both but by came can cannot could did do
      doe done down during each even every few first for from further get go going got had has have
      having he her here him his how however i if in into is it its itself just last least le let
      like made make many may me might more most much must my near need never next no nor not now of
      off on once one only or other our out over own per put quite rather said same say saying she
      should since so some still such take than that the their them then there these they this those
      though through thu time to today told too took two under until up upon us use used very via
      wa was way we well were what when where whether which while who whom whose why will with within
      without would year yesterday yet you your according add added monday tuesday wednesday thursday
      friday saturday sunday ha hi new three week month day report reported reuter ap afp update
      der die das und ist im in den dem des ein eine einer eines einem einen zu mit von auf für nicht
      sich auch es an als bei nach aus wie wird werden hat haben war sind dass oder um so am noch vor
      über zum zur durch nur hatte kann aber bi er sie ihr wir man mehr sein seine seiner gegen
      le la les de du des un une et est en que qui dan pour pas sur au aux par avec ce cette son sa
      se il elle ne plu sont été ont a mai ou l d qu n s
      el los las y lo del al por con para no una su sus como más pero ha fue son este esta entre
      """;

  private final Set<String> words;

  private StopWords(Set<String> words) {
    this.words = words;
  }

  static StopWords bundled() {
    return new StopWords(
        Arrays.stream(WORDS.split("\\s+")).collect(Collectors.toUnmodifiableSet()));
  }

  boolean contains(String word) {
    return word.length() < 2 || words.contains(word);
  }
}
