package dev.sallyport.resources.table;

import java.time.Duration;
import java.time.Instant;

/** Durations with as much detail as a person wants: 90s, 5m30s, 3h20m, 5d, 2y100d. */
final class Age {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private Age() {}

  static String between(Instant since, Instant now) {
    return of(Duration.between(since, now).toSeconds());
  }

  static String of(long seconds) {
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 2 * MINUTE) {
      return Math.max(0, seconds) + "s";
    }
    if (seconds < 10 * MINUTE) {
      return both(seconds, MINUTE, "m", 1, "s");
    }
    if (seconds < 3 * HOUR) {
      return seconds / MINUTE + "m";
    }
    if (seconds < 8 * HOUR) {
      return both(seconds, HOUR, "h", MINUTE, "m");
    }
    if (seconds < 2 * DAY) {
      return seconds / HOUR + "h";
    }
    if (seconds < 8 * DAY) {
      return both(seconds, DAY, "d", HOUR, "h");
    }
    if (seconds < 2 * YEAR) {
      return seconds / DAY + "d";
    }
    if (seconds < 8 * YEAR) {
      return both(seconds, YEAR, "y", DAY, "d");
    }
    return seconds / YEAR + "y";
  }

  /** Two units, the smaller one left out when it is zero. */
  private static String both(
      long seconds, long large, String largeName, long small, String smallName) {
    long rest = seconds % large / small;
    String text = seconds / large + largeName;
    return rest == 0 ? text : text + rest + smallName;
  }
}
