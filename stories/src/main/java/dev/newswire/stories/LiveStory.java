// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.NavigableSet;
import java.util.TreeSet;

/** A story with those of its articles that are within the window. Not thread-safe. */
final class LiveStory {

  private final String id;
  private final NavigableSet<LiveArticle> members = new TreeSet<>(LiveArticle.BY_TIME);
  private final Centroid text = new Centroid();
  private final Centroid headline = new Centroid();
  private final Centroid names = new Centroid();

  LiveStory(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The articles, the oldest first. */
  NavigableSet<LiveArticle> members() {
    return members;
  }

  void add(LiveArticle article) {
    members.add(article);
    sum(article.profile(), 1);
  }

  void remove(LiveArticle article) {
    members.remove(article);
    sum(article.profile(), -1);
  }

  private void sum(Profile profile, int sign) {
    text.add(profile.text(), sign);
    headline.add(profile.headline(), sign);
    names.add(profile.names(), sign);
  }

  Centroid text() {
    return text;
  }

  Centroid headline() {
    return headline;
  }

  Centroid names() {
    return names;
  }
}
