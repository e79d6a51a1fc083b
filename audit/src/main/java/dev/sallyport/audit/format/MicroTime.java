package dev.sallyport.audit.format;

/** Times as Kubernetes' MicroTime has them: {@code 2026-11-22T10:12:09.123456Z}. */
final class MicroTime {

  private static final long MICROS = 1_000_000;
  private static final int DAY = 86_400;

  private MicroTime() {}

  /** Adds a time with its quotes. */
  static void write(JsonBuffer out, long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    long day = Math.floorDiv(seconds, (long) DAY);
    int second = (int) (seconds - day * DAY);
    out.raw('"');
    date(out, day);
    out.raw('T');
    digits(out, second / 3600, 2);
    out.raw(':');
    digits(out, second / 60 % 60, 2);
    out.raw(':');
    digits(out, second % 60, 2);
    out.raw('.');
    digits(out, (int) Math.floorMod(micros, MICROS), 6);
    out.raw("Z\"");
  }

  /** The civil date of a day since 1970, counted in years that begin in March. */
  private static void date(JsonBuffer out, long epochDay) {
    long days = epochDay + 719_468;
    long era = Math.floorDiv(days, 146_097L);
    int ofEra = (int) (days - era * 146_097);
    int year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * year + year / 4 - year / 100);
    int month = (5 * ofYear + 2) / 153;
    digits(out, (int) (year + era * 400 + (month >= 10 ? 1 : 0)), 4);
    out.raw('-');
    digits(out, month < 10 ? month + 3 : month - 9, 2);
    out.raw('-');
    digits(out, ofYear - (153 * month + 2) / 5 + 1, 2);
  }

  private static void digits(JsonBuffer out, int value, int width) {
    int unit = 1;
    for (int i = 1; i < width; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.raw((char) ('0' + value / unit % 10));
    }
  }
}
