// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"newswire " + (version == null ? "from a build folder" : version)};
  }
}
