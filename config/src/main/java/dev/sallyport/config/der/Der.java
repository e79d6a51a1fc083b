package dev.sallyport.config.der;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes DER values, innermost first. */
public final class Der {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  /** A value with {@code tag} around the parts. */
  public static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] sequence(byte[]... parts) {
    return value(Tag.SEQUENCE, parts);
  }

  public static byte[] set(byte[]... parts) {
    return value(Tag.SET, parts);
  }

  public static byte[] integer(BigInteger number) {
    return value(Tag.INTEGER, number.toByteArray());
  }

  public static byte[] integer(int number) {
    return integer(BigInteger.valueOf(number));
  }

  public static byte[] octets(byte[] content) {
    return value(Tag.OCTET_STRING, content);
  }

  /** A bit string of whole octets. */
  public static byte[] bits(byte[] content) {
    return value(Tag.BIT_STRING, new byte[] {0}, content);
  }

  public static byte[] utf8(String text) {
    return value(Tag.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] nothing() {
    return value(Tag.NULL);
  }

  public static byte[] yes() {
    return value(Tag.BOOLEAN, new byte[] {(byte) 0xff});
  }

  /** A certificate's time, whose form depends on the year (RFC 5280, 4.1.2.5). */
  public static byte[] time(Instant instant) {
    boolean early = instant.isBefore(YEAR_2050);
    String text = (early ? UTC : GENERALIZED).format(instant);
    return value(
        early ? Tag.UTC_TIME : Tag.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier from its dotted form. */
  public static byte[] oid(String dotted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int start = dotted.indexOf('.') + 1;
    long first = Long.parseLong(dotted.substring(0, start - 1)) * 40;
    while (start > 0) {
      int dot = dotted.indexOf('.', start);
      String arc = dot < 0 ? dotted.substring(start) : dotted.substring(start, dot);
      writeArc(out, first + Long.parseLong(arc));
      first = 0;
      start = dot + 1;
    }
    return value(Tag.OID, out.toByteArray());
  }

  private static void writeArc(ByteArrayOutputStream out, long arc) {
    for (int shift = 56; shift > 0; shift -= 7) {
      if (arc >>> shift != 0) {
        out.write((int) (arc >>> shift & 0x7f | 0x80));
      }
    }
    out.write((int) (arc & 0x7f));
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | octets);
    for (int i = octets - 1; i >= 0; i--) {
      out.write(length >>> (8 * i));
    }
  }
}
