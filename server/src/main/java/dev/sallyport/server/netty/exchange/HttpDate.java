package dev.sallyport.server.netty.exchange;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header's value, formatted once a second. */
public final class HttpDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate current = new HttpDate(System.currentTimeMillis() / 1000);

  private final long second;
  private final AsciiString text;

  private HttpDate(long second) {
    this.second = second;
    this.text = AsciiString.of(FORMAT.format(Instant.ofEpochSecond(second)));
  }

  public static AsciiString now() {
    long second = System.currentTimeMillis() / 1000;
    HttpDate date = current;
    if (date.second != second) {
      date = new HttpDate(second);
      current = date;
    }
    return date.text;
  }
}
