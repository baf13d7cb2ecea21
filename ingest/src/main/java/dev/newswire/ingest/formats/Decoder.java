// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides what charset bytes are in and decodes them. In this order (RFC 7303, section 3): what the
 * feed is configured to, a byte order mark, the transport's charset, the document's own
 * declaration, UTF-8, what the bytes look like where nothing is declared, windows-1252. A charset
 * that is unknown or that the bytes contradict is passed over; the last one always fits. What is
 * said to be latin-1 and is UTF-8 is UTF-8.
 */
final class Decoder {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Pattern PARAMETER =
      Pattern.compile("charset\\s*+=\\s*+[\"']?+\\s*+([^\\s;\"']++)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DECLARATION =
      Pattern.compile("<\\?xml[^>]{0,200}?encoding\\s*+=\\s*+[\"']([^\"']++)");
  private static final Pattern META =
      Pattern.compile("<meta[^>]{0,200}?charset\\s*+=\\s*+[\"']?+\\s*+([\\w.:-]++)", 2);
  private static final Pattern WIDE =
      Pattern.compile("U(TF|CS)?[-_]?(16|32|4|2).*", Pattern.CASE_INSENSITIVE);
  private static final int DETECTED_BY = 64 * 1024;
  private static final int LEAST_CONFIDENCE = 20;
  private static final Set<String> WESTERN = Set.of("ISO-8859-1", "windows-1252");

  /**
   * What is detected: the charsets that news came in before UTF-8, of other scripts than the Latin
   * one. Between those of Latin script a few accents decide, and wrongly: "à" reads as "ŕ".
   */
  private static final Set<String> DETECTABLE =
      Set.of(
          "Big5",
          "EUC-JP",
          "EUC-KR",
          "GB18030",
          "KOI8-R",
          "Shift_JIS",
          "ISO-8859-5",
          "ISO-8859-6",
          "ISO-8859-7",
          "ISO-8859-8",
          "windows-1251",
          "windows-1253",
          "windows-1255",
          "windows-1256");

  private static final int PROLOGUE = 4096;

  /** Charsets that are meant where a narrower one is named. */
  private static final Map<String, String> MEANT =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "GB2312", "GB18030",
          "GBK", "GB18030",
          "EUC-KR", "x-windows-949",
          "Shift_JIS", "windows-31j",
          "TIS-620", "x-windows-874",
          "ISO-8859-9", "windows-1254");

  /** A document that is decoded, or is about to be: what is UTF-8 already may never have to be. */
  static final class Decoded {

    private final byte[] document;
    private final Charset charset;
    private final Optional<String> warning;
    private final boolean isMended;
    private Optional<String> text;

    /** A text that was decoded before. */
    static Decoded of(String text) {
      return new Decoded(
          text.getBytes(StandardCharsets.UTF_8),
          StandardCharsets.UTF_8,
          Optional.empty(),
          Optional.of(text));
    }

    private Decoded(
        byte[] document, Charset charset, Optional<String> warning, Optional<String> text) {
      this(document, charset, warning, text, false);
    }

    /**
     * @param isMended whether the text is not what the bytes are in the charset
     */
    private Decoded(
        byte[] document,
        Charset charset,
        Optional<String> warning,
        Optional<String> text,
        boolean isMended) {
      this.document = document;
      this.charset = charset;
      this.warning = warning;
      this.text = text;
      this.isMended = isMended;
    }

    String text() {
      if (text.isEmpty()) {
        text = Optional.of(Utf8.decode(document));
      }
      return text.get();
    }

    Charset charset() {
      return charset;
    }

    /** What was mended, one sentence; empty where nothing was. */
    Optional<String> warning() {
      return warning;
    }

    /** Whether the document's own bytes are the text in UTF-8. */
    boolean isUtf8() {
      return charset.equals(StandardCharsets.UTF_8) && !isMended && Mark.of(document).isEmpty();
    }

    /** The text in UTF-8: the document that it was decoded from, where that is just it. */
    byte[] utf8() {
      return isUtf8() ? document : text().getBytes(StandardCharsets.UTF_8);
    }
  }

  private Decoder() {}

  /** Decodes an XML, JSON or HTML document. */
  static Decoded decode(byte[] bytes, Delivery delivery) {
    Optional<Mark> mark = Mark.of(bytes);
    if (mark.isPresent() && delivery.charset().isEmpty()) {
      byte[] rest = Arrays.copyOfRange(bytes, mark.get().length(), bytes.length);
      Charset charset = mark.get().charset();
      Optional<String> text = strictly(rest, charset);
      if (text.isPresent()) {
        return new Decoded(bytes, charset, Optional.empty(), text);
      }
      return charset.equals(StandardCharsets.UTF_8)
          ? mended(bytes, MixedUtf8.of(bytes, mark.get().length(), bytes.length))
          : new Decoded(
              bytes,
              charset,
              Optional.of("Bytes that are no " + charset + " were replaced."),
              Optional.of(new String(rest, charset)));
    }
    Optional<String> transport = delivery.mediaType().flatMap(Decoder::parameter);
    Optional<String> declared = declared(bytes);
    Optional<String> utf8 =
        isLatin(transport.or(() -> declared)) && !Utf8.isAscii(bytes)
            ? Optional.of("UTF-8")
            : Optional.empty();
    boolean isUndeclared =
        delivery.charset().isEmpty() && transport.isEmpty() && declared.isEmpty();
    Optional<Decoded> mixed =
        mixed(bytes, delivery.charset().or(() -> transport).or(() -> declared));
    if (mixed.isPresent()) {
      return mixed.get();
    }
    Decoded decoded =
        inOrder(bytes, delivery.charset(), utf8, transport, declared, Optional.of("UTF-8"));
    return isUndeclared && decoded.charset().equals(WINDOWS_1252)
        ? detected(bytes).orElse(decoded)
        : decoded;
  }

  /**
   * The text of a document that is neither UTF-8 nor in the charset that it declares, but UTF-8 in
   * most places: with a few bad bytes, or with items in another charset.
   *
   * @param name the charset that it is said to be in
   */
  private static Optional<Decoded> mixed(byte[] bytes, Optional<String> name) {
    Optional<Charset> said = name.flatMap(Decoder::charset);
    boolean isSaidUtf8 = said.map(StandardCharsets.UTF_8::equals).orElse(true);
    boolean isEightBit =
        said.map(charset -> charset.newEncoder().maxBytesPerChar() <= 4).orElse(true);
    if (Utf8.isValid(bytes) || !isEightBit || isWide(said, bytes)) {
      return Optional.empty();
    }
    if (!isSaidUtf8
        && !said.equals(Optional.of(WINDOWS_1252))
        && isCleanIn(said.get(), bytes)
        && !MixedUtf8.of(bytes, 0, bytes.length).isMostlyUtf8()) {
      return Optional.empty();
    }
    Optional<Decoded> byItem =
        MixedCharsets.read(bytes, isSaidUtf8 ? Optional.empty() : said, Decoder::charsetOfPart)
            .map(
                mixed ->
                    new Decoded(
                        bytes,
                        StandardCharsets.UTF_8,
                        Optional.of(
                            "The items are in different charsets (%s); each was read in its own."
                                .formatted(
                                    mixed.charsets().stream()
                                        .map(Charset::name)
                                        .collect(Collectors.joining(", ")))),
                        Optional.of(mixed.text()),
                        true));
    if (byItem.isPresent()) {
      return byItem;
    }
    MixedUtf8 utf8 = MixedUtf8.of(bytes, 0, bytes.length);
    return utf8.isMostlyUtf8() ? Optional.of(mended(bytes, utf8)) : Optional.empty();
  }

  private static boolean isWide(Optional<Charset> said, byte[] bytes) {
    boolean isSaid = said.filter(charset -> WIDE.matcher(charset.name()).matches()).isPresent();
    return isSaid || declared(bytes).filter(name -> WIDE.matcher(name).matches()).isPresent();
  }

  private static boolean isCleanIn(Charset charset, byte[] bytes) {
    return strictly(bytes, charset).isPresent();
  }

  /** What a part of a document is in that is not UTF-8; empty for windows-1252 byte by byte. */
  private static Optional<Charset> charsetOfPart(byte[] part, Optional<Charset> said) {
    return said.filter(charset -> isCleanIn(charset, part))
        .or(() -> detected(part).map(Decoded::charset));
  }

  private static Decoded mended(byte[] bytes, MixedUtf8 utf8) {
    return new Decoded(
        bytes,
        StandardCharsets.UTF_8,
        Optional.of(
            "%d bytes that are not UTF-8 were read as windows-1252, or replaced."
                .formatted(utf8.bad())),
        Optional.of(utf8.text()),
        true);
  }

  /**
   * The text in the charset that its bytes look like, where nothing says which it is and they are
   * clearly not of the western European ones.
   */
  private static Optional<Decoded> detected(byte[] bytes) {
    int western = 0;
    CharsetDetector detector = new CharsetDetector();
    detector.enableInputFilter(true);
    detector.setText(Arrays.copyOf(bytes, Math.min(bytes.length, DETECTED_BY)));
    CharsetMatch[] matches = detector.detectAll();
    for (CharsetMatch match : matches) {
      if (WESTERN.contains(match.getName())) {
        western = Math.max(western, match.getConfidence());
      }
    }
    for (CharsetMatch match : matches) {
      if (DETECTABLE.contains(match.getName())
          && match.getConfidence() >= LEAST_CONFIDENCE
          && match.getConfidence() > western) {
        Optional<Charset> charset = charset(match.getName());
        Optional<String> text = charset.flatMap(known -> strictly(bytes, known));
        if (text.isPresent()) {
          return Optional.of(
              new Decoded(
                  bytes,
                  charset.get(),
                  Optional.of(
                      "Nothing says which charset the bytes are in; read as %s, which they look like."
                          .formatted(charset.get())),
                  text));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the charset is the one that many senders name and do not use. Text in it hardly ever
   * happens to be UTF-8 as well, so what is UTF-8 was meant to be.
   */
  private static boolean isLatin(Optional<String> name) {
    return name.flatMap(Decoder::charset).filter(WINDOWS_1252::equals).isPresent();
  }

  /** Decodes a text without a declaration of its own, as the old wire formats are. */
  static Decoded decodePlain(byte[] bytes, Delivery delivery) {
    if (delivery.charset().isEmpty() && !Utf8.isValid(bytes)) {
      MixedUtf8 utf8 = MixedUtf8.of(bytes, 0, bytes.length);
      if (utf8.isMostlyUtf8()) {
        return mended(bytes, utf8);
      }
    }
    return inOrder(bytes, delivery.charset(), Optional.of("UTF-8"));
  }

  @SafeVarargs
  private static Decoded inOrder(byte[] bytes, Optional<String>... names) {
    String passedOver = "";
    for (Optional<String> name : names) {
      if (name.isEmpty()) {
        continue;
      }
      Optional<Charset> charset = charset(name.get());
      boolean isUtf8 = charset.equals(Optional.of(StandardCharsets.UTF_8));
      Optional<String> text =
          isUtf8 ? Optional.empty() : charset.flatMap(known -> strictly(bytes, known));
      if (text.isPresent() || (isUtf8 && Utf8.isValid(bytes))) {
        return new Decoded(bytes, charset.get(), warning(passedOver, charset.get()), text);
      }
      String line = PlainText.line(name.get());
      if (!passedOver.contains(line)) {
        passedOver += (passedOver.isEmpty() ? "" : ", ") + line;
      }
    }
    return new Decoded(
        bytes,
        WINDOWS_1252,
        warning(passedOver, WINDOWS_1252),
        Optional.of(new String(bytes, WINDOWS_1252)));
  }

  private static Optional<String> warning(String passedOver, Charset used) {
    return passedOver.isEmpty()
        ? Optional.empty()
        : Optional.of("The bytes are not in %s; read as %s.".formatted(passedOver, used));
  }

  private static Optional<String> parameter(String mediaType) {
    Matcher matcher = PARAMETER.matcher(mediaType);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What the document says, or what its first bytes can only be. */
  private static Optional<String> declared(byte[] bytes) {
    if (bytes.length >= 4) {
      int first = ByteBuffer.wrap(bytes).getInt();
      if (first == 0x3c) {
        return Optional.of("UTF-32BE");
      } else if (first == 0x3c000000) {
        return Optional.of("UTF-32LE");
      } else if (first >>> 16 == 0x3c || first >>> 16 == 0x7b) {
        return Optional.of("UTF-16BE");
      } else if (first >>> 16 == 0x3c00 || first >>> 16 == 0x7b00) {
        return Optional.of("UTF-16LE");
      }
    }
    return find(DECLARATION, firstTag(bytes))
        .or(() -> inPrologue(bytes))
        .filter(name -> !WIDE.matcher(name).matches());
  }

  /** Where nearly all documents declare their charset, if they do. */
  private static String firstTag(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && end < PROLOGUE && bytes[end] != '>') {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> inPrologue(byte[] bytes) {
    String prologue =
        new String(bytes, 0, Math.min(bytes.length, PROLOGUE), StandardCharsets.ISO_8859_1);
    Optional<String> declaration =
        prologue.contains("<?xml") ? find(DECLARATION, prologue) : Optional.empty();
    return declaration.or(() -> isPage(prologue) ? find(META, prologue) : Optional.empty());
  }

  private static boolean isPage(String prologue) {
    return prologue.contains("<meta") || prologue.contains("<META");
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Charset> charset(String name) {
    try {
      Charset charset = Charset.forName(name.strip());
      return Optional.of(Charset.forName(MEANT.getOrDefault(charset.name(), charset.name())));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return Utf8.isValid(bytes) ? Optional.of(Utf8.decode(bytes)) : Optional.empty();
    }
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A byte order mark. */
  private record Mark(Charset charset, int length) {

    static Optional<Mark> of(byte[] b) {
      if (b.length >= 3 && b[0] == (byte) 0xef && b[1] == (byte) 0xbb && b[2] == (byte) 0xbf) {
        return Optional.of(new Mark(StandardCharsets.UTF_8, 3));
      }
      if (b.length >= 4 && b[0] == 0 && b[1] == 0 && b[2] == (byte) 0xfe && b[3] == (byte) 0xff) {
        return Optional.of(new Mark(Charset.forName("UTF-32BE"), 4));
      }
      if (b.length >= 4 && b[0] == (byte) 0xff && b[1] == (byte) 0xfe && b[2] == 0 && b[3] == 0) {
        return Optional.of(new Mark(Charset.forName("UTF-32LE"), 4));
      }
      if (b.length >= 2 && b[0] == (byte) 0xfe && b[1] == (byte) 0xff) {
        return Optional.of(new Mark(StandardCharsets.UTF_16BE, 2));
      }
      if (b.length >= 2 && b[0] == (byte) 0xff && b[1] == (byte) 0xfe) {
        return Optional.of(new Mark(StandardCharsets.UTF_16LE, 2));
      }
      return Optional.empty();
    }
  }
}
