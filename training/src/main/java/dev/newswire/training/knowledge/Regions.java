// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import java.util.List;

/** Finds the region that each town lies in. */
final class Regions {

  private Regions() {}

  static void locate(List<Draft> drafts) {}
}
