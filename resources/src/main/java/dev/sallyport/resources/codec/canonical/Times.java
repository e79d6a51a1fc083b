package dev.sallyport.resources.codec.canonical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Points in time as the API writes them: RFC 3339 in UTC, to the second (Time) or with six digits
 * of a second (MicroTime).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>
 */
public final class Times {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
  private static final DateTimeFormatter READER =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT);

  private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
  private static final String MICRO_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";

  private Times() {}

  /**
   * @throws DecodeFailure when the text is no time
   */
  public static String canonical(String text, boolean micro) {
    return write(parse(text, micro), micro);
  }

  /** Writes a time that protobuf carries as seconds and nanoseconds since 1970. */
  public static String ofEpoch(long seconds, int nanos, boolean micro) {
    try {
      return write(
          OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds, nanos), ZoneOffset.UTC), micro);
    } catch (DateTimeException e) {
      throw new DecodeFailure("timestamp is out of range");
    }
  }

  /** Reads a canonical (or other) time. */
  public static OffsetDateTime parse(String text, boolean micro) {
    try {
      return OffsetDateTime.parse(text, READER);
    } catch (DateTimeException e) {
      String layout = micro ? MICRO_LAYOUT : LAYOUT;
      throw new DecodeFailure(
          "parsing time \""
              + text
              + "\" as \""
              + layout
              + "\": cannot parse \""
              + text
              + "\" as \"2006\"");
    }
  }

  private static String write(OffsetDateTime time, boolean micro) {
    OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      throw new DecodeFailure("Time.MarshalJSON: year outside of range [0,9999]");
    }
    return (micro ? MICROS : SECONDS).format(utc);
  }
}
