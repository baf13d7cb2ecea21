// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.ingest.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What may be a name or an address of a feed. */
public final class FeedNames {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

  private FeedNames() {}

  /** The name, where it is one. */
  public static String name(CommandSpec spec, String option, String name) {
    if (!name.matches(NAME)) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": '" + name + "' is not made of letters a to z, digits and hyphens alone");
    }
    return name;
  }

  /** The address that is meant, where it is one of http or https. */
  public static String url(CommandSpec spec, String option, String given) {
    String url = WebAddress.meant(given);
    Optional<String> fault = faultOfUrl(url);
    if (fault.isPresent()) {
      throw new ParameterException(spec.commandLine(), option + ": " + fault.get());
    }
    return url;
  }

  /** Why it is no address of http or https, with the address; empty where it is one. */
  public static Optional<String> faultOfUrl(String url) {
    try {
      URI uri = new URI(url);
      if (String.valueOf(uri.getScheme()).matches("https?") && uri.getRawUserInfo() != null) {
        return Optional.of(
            "'" + shown(url) + "' holds a user or password; name a credential instead");
      }
      return String.valueOf(uri.getScheme()).matches("https?") && uri.getHost() != null
          ? Optional.empty()
          : Optional.of("'" + shown(url) + "' is no http or https URL");
    } catch (URISyntaxException e) {
      return Optional.of("'" + shown(url) + "' is no URL: " + e.getReason());
    }
  }

  /** What is no address may have a password where none is expected. */
  private static String shown(String url) {
    int end = url.lastIndexOf('@');
    return end < 0 ? url : "***" + url.substring(end);
  }
}
