// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the hosts that are fetched from, once for each connection: the addresses that are
 * checked here are those that the client connects to. Thread-safe.
 */
final class PublicAddresses implements DnsResolver {

  private static final Pattern DOTTED =
      Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]++|0[xX][0-9a-fA-F]*+");

  private final boolean privateAddresses;
  private final Lookup lookup;

  /** Where the addresses of a name come from. */
  interface Lookup {

    /**
     * All addresses of a host.
     *
     * @throws UnknownHostException where there are none
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** A host that is known but must not be asked; the message says why. */
  static final class Refused extends UnknownHostException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Resolves by the system's own resolver.
   *
   * @param privateAddresses whether loopback and private addresses are allowed
   */
  PublicAddresses(boolean privateAddresses) {
    this(privateAddresses, InetAddress::getAllByName);
  }

  /** Resolves by another lookup. */
  PublicAddresses(boolean privateAddresses, Lookup lookup) {
    this.privateAddresses = privateAddresses;
    this.lookup = lookup;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    checkForm(host);
    InetAddress[] addresses = lookup.addresses(host);
    if (!privateAddresses && Arrays.stream(addresses).anyMatch(a -> isPrivate(a.getAddress()))) {
      throw new Refused(host + " is on a private address, which this ingest does not allow");
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /**
   * Refuses an address that programs read in different ways: octal, hexadecimal, with fewer parts
   * than four. By the URL Standard a host whose last label is a number is an IPv4 address.
   */
  private static void checkForm(String host) throws Refused {
    if (host.indexOf(':') >= 0) {
      if (host.indexOf('%') >= 0) {
        throw new Refused("'" + host + "' names a network interface");
      }
      return;
    }
    String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean isUsual = DOTTED.matcher(host).matches() && parts(host).allMatch(part -> part <= 255);
    if (NUMBER.matcher(last).matches() && !isUsual) {
      throw new Refused("'" + host + "' is no usual form of an address");
    }
  }

  private static IntStream parts(String dotted) {
    return Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt);
  }

  /** Whether an address of 4 or 16 bytes, or one that it holds, is not of the public Internet. */
  static boolean isPrivate(byte[] address) {
    return address.length == 4 ? isPrivate4(address, 0) : isPrivate6(address);
  }

  /** IANA's special-purpose addresses that are not globally reachable (RFC 6890). */
  private static boolean isPrivate4(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    int third = bytes[at + 2] & 0xff;
    return switch (first) {
      case 0, 10, 127 -> true;
      case 100 -> second >= 64 && second < 128;
      case 169 -> second == 254;
      case 172 -> second >= 16 && second < 32;
      case 192 -> second == 168 || (second == 0 && third == 0);
      case 198 -> second == 18 || second == 19;
      default -> first >= 224;
    };
  }

  private static boolean isPrivate6(byte[] bytes) {
    int first = bytes[0] & 0xff;
    boolean isUniqueLocal = (first & 0xfe) == 0xfc;
    boolean isLinkOrSiteLocal = first == 0xfe && (bytes[1] & 0x80) != 0;
    boolean isMulticast = first == 0xff;
    return isUniqueLocal || isLinkOrSiteLocal || isMulticast || holdsPrivate4(bytes);
  }

  /** Whether it stands for a private IPv4 address by one of the ways from IPv6 to IPv4. */
  private static boolean holdsPrivate4(byte[] bytes) {
    // Unspecified, loopback and IPv4-compatible; IPv4-mapped; IPv4-translated (RFC 2765).
    boolean isEmbedded =
        isZero(bytes, 0, 12)
            || (isZero(bytes, 0, 10) && has(bytes, 10, 0xff, 0xff))
            || (isZero(bytes, 0, 8) && has(bytes, 8, 0xff, 0xff, 0, 0));
    boolean isNat64 = has(bytes, 0, 0, 0x64, 0xff, 0x9b);
    if (isNat64 && !isZero(bytes, 4, 12)) {
      // A network's own prefix (RFC 8215): where it leads is that network's affair.
      return true;
    }
    boolean isIsatap = has(bytes, 10, 0x5e, 0xfe) && (bytes[8] & 0xfd) == 0 && bytes[9] == 0;
    if (isEmbedded || isNat64 || isIsatap) {
      return isPrivate4(bytes, 12);
    }
    if (has(bytes, 0, 0x20, 0x02)) {
      return isPrivate4(bytes, 2); // 6to4
    }
    if (has(bytes, 0, 0x20, 0x01, 0, 0)) {
      return isPrivate4(bytes, 4) || isPrivate4(inverted(bytes), 12); // Teredo
    }
    return false;
  }

  private static byte[] inverted(byte[] bytes) {
    byte[] inverted = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      inverted[i] = (byte) ~bytes[i];
    }
    return inverted;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(byte[] bytes, int from, int... values) {
    for (int i = 0; i < values.length; i++) {
      if ((bytes[from + i] & 0xff) != values[i]) {
        return false;
      }
    }
    return true;
  }
}
