/**
 * From bytes to articles: recognises the format of a delivery, decodes it, and parses it into
 * {@link dev.newswire.ingest.formats.ParsedArticle}s and {@link
 * dev.newswire.ingest.formats.Reject}s.
 *
 * <p>{@link dev.newswire.ingest.formats.Formats} is the way in. Each format is one class that
 * implements {@link dev.newswire.ingest.formats.XmlFormat}, {@link
 * dev.newswire.ingest.formats.JsonFormat} or {@link dev.newswire.ingest.formats.StreamFormat}; all
 * fill the same {@code Draft}, where the rules that hold for every format live. The rules and their
 * sources are in {@code docs/formats.md}.
 *
 * <p>Nothing here fetches, publishes or remembers: the same bytes give the same articles.
 */
package dev.newswire.ingest.formats;
