// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Web addresses of articles, feeds and pages. */
public final class Addresses {

  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}:");
  private static final Pattern WEB =
      Pattern.compile("(?i)(https?):/{2,}([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);
  private static final String IN_ADDRESSES = "-._~:/?#[]@!$&'()*+,;=%";
  private static final int LONGEST = 8192;

  private Addresses() {}

  /**
   * An absolute http or https address, with what no address may hold encoded: blanks, pipes, other
   * characters than ASCII's.
   *
   * @param address as written; may be relative, and need not be a valid URI
   * @param base what it is relative to; may be anything
   */
  public static Optional<String> absolute(String address, String base) {
    String clean = unescaped(address.strip());
    if (clean.isEmpty() || clean.length() > LONGEST) {
      return Optional.empty();
    }
    if (isWeb(clean)) {
      return Optional.of(encoded(clean));
    }
    if (clean.startsWith("//")) {
      return Optional.of(encoded("https:" + clean));
    }
    if (ABSOLUTE.matcher(clean).lookingAt() || !isWeb(base)) {
      return Optional.empty();
    }
    return uri(encoded(base))
        .flatMap(from -> uri(encoded(clean)).map(to -> resolve(from, to)))
        .map(URI::toString)
        .filter(Addresses::isWeb);
  }

  /** By RFC 3986, 5.2; what Java resolves otherwise is a query alone, and a base without a path. */
  private static URI resolve(URI from, URI to) {
    boolean hasPath = !from.getRawPath().isEmpty();
    URI base = hasPath ? from : URI.create(from.getScheme() + "://" + from.getRawAuthority() + "/");
    boolean isQueryAlone =
        !to.isAbsolute()
            && to.getRawAuthority() == null
            && to.getRawPath().isEmpty()
            && to.getRawQuery() != null;
    return isQueryAlone ? base.resolve(base.getRawPath() + to) : base.resolve(to);
  }

  /** Without the references that are left of an ampersand which was escaped more than once. */
  private static String unescaped(String address) {
    String clean = address;
    for (int i = 0; i < 3 && clean.contains("&amp;"); i++) {
      clean = clean.replace("&amp;", "&");
    }
    return clean.replace("&#38;", "&").replace("&#038;", "&");
  }

  private static String encoded(String address) {
    StringBuilder encoded = new StringBuilder(address.length() + 16);
    Matcher web = WEB.matcher(address);
    String rest = address;
    if (web.matches()) {
      encoded.append(address, 0, web.start(2)).append(host(web.group(2)));
      rest = address.substring(web.end(2));
    }
    boolean inFragment = false;
    for (int i = 0; i < rest.length(); i += Character.charCount(rest.codePointAt(i))) {
      int c = rest.codePointAt(i);
      if (c < ' ' || c == 0x7f) {
        continue;
      }
      boolean isEscape = c == '%' && isHex(rest, i + 1) && isHex(rest, i + 2);
      boolean isSecondHash = c == '#' && inFragment;
      if (isEscape || (c != '%' && !isSecondHash && isAllowed(c))) {
        encoded.appendCodePoint(c);
        inFragment |= c == '#';
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append("%02X".formatted(b));
        }
      }
    }
    return encoded.toString();
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c < 0x80 && IN_ADDRESSES.indexOf(c) >= 0 && c != '[' && c != ']');
  }

  private static boolean isHex(String text, int at) {
    return at < text.length()
        && Character.digit(text.charAt(at), 16) >= 0
        && text.charAt(at) < 0x80;
  }

  /** A host in ASCII, where it is one. */
  private static String host(String authority) {
    if (authority.chars().allMatch(c -> c < 0x80)) {
      return authority.replace(" ", "");
    }
    try {
      return IDN.toASCII(authority, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return authority;
    }
  }

  static boolean isWeb(String address) {
    return address.regionMatches(true, 0, "http://", 0, 7)
        || address.regionMatches(true, 0, "https://", 0, 8);
  }

  /** A text as a URI; empty where it is none. */
  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text.strip()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * An address in the form that identifies an article: with https, without {@code www.}, the
   * scheme's own port, fragment, and the parameters that only tell where the reader came from. A
   * fragment that a program routes by ({@code #!/a}) stays. What is no web address stays as it is.
   */
  static String identity(String address, TrackingParameters tracking) {
    Matcher web = WEB.matcher(address.strip());
    if (!web.matches()) {
      return address;
    }
    String fragment = web.group(5) == null ? "" : web.group(5);
    boolean isRoute = fragment.startsWith("#!") || fragment.startsWith("#/");
    return "https://"
        + plainHost(web.group(2), web.group(1))
        + (web.group(3).isEmpty() ? "/" : web.group(3))
        + query(web.group(4), tracking)
        + (isRoute ? fragment : "");
  }

  /** The same with its fragment, where a feed tells its items apart by that alone. */
  static String identityWithFragment(String address, TrackingParameters tracking) {
    int fragment = address.indexOf('#');
    String plain = identity(address, tracking);
    return fragment < 0 || plain.indexOf('#') >= 0 ? plain : plain + address.substring(fragment);
  }

  private static String plainHost(String authority, String scheme) {
    String host = host(authority).toLowerCase(Locale.ROOT);
    host = host.substring(host.lastIndexOf('@') + 1);
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    host = host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    host = host.endsWith(":") ? host.substring(0, host.length() - 1) : host;
    return host.startsWith("www.") && host.indexOf('.', 4) > 0 ? host.substring(4) : host;
  }

  private static String query(String query, TrackingParameters tracking) {
    if (query == null) {
      return "";
    }
    StringBuilder kept = new StringBuilder();
    for (String parameter : unescaped(query.substring(1)).split("&", -1)) {
      if (!parameter.isEmpty() && !tracking.contains(parameter)) {
        kept.append(kept.length() == 0 ? '?' : '&').append(parameter);
      }
    }
    return kept.toString();
  }
}
