package dev.sallyport.proxy.streams.recording;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How recordings are named: by time and audit id, so that they sort and can be found, and by
 * chance, so that nobody can foresee a name or take it away.
 */
final class RecordingName {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern OURS =
      Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[A-Za-z0-9-]*\\.(cast|ports\\.jsonl)");

  private static final int LONGEST_ID = 64;
  private static final SecureRandom CHANCE = new SecureRandom();

  private RecordingName() {}

  /**
   * A new name.
   *
   * @param auditId may be a client's own choice: what is no letter, digit or hyphen is left out
   */
  static String of(Instant time, String auditId, String suffix) {
    byte[] chance = new byte[6];
    CHANCE.nextBytes(chance);
    return TIME.format(time)
        + "-"
        + plain(auditId)
        + "-"
        + HexFormat.of().formatHex(chance)
        + suffix;
  }

  /** Whether a recording may be called that. */
  static boolean fits(String name) {
    return OURS.matcher(name).matches();
  }

  private static String plain(String auditId) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < auditId.length() && plain.length() < LONGEST_ID; i++) {
      char c = auditId.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
