package dev.sallyport.resources.kinds.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of a schedule's five fields: a list of values, ranges and steps between two bounds.
 *
 * @param names what may stand for numbers, the first for {@code least}; none for most fields
 */
record CronField(int least, int most, List<String> names) {

  static final List<CronField> ALL =
      List.of(
          new CronField(0, 59, List.of()),
          new CronField(0, 23, List.of()),
          new CronField(1, 31, List.of()),
          new CronField(
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new CronField(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  /**
   * @throws CronFault when the text is no such field
   */
  void check(String text) {
    for (String range : parts(text, ',')) {
      // Commas without anything between them say nothing, and are let be.
      if (!range.isEmpty()) {
        checkRange(range);
      }
    }
  }

  private void checkRange(String range) {
    List<String> stepped = parts(range, '/');
    List<String> bounds = parts(stepped.get(0), '-');
    int start = least;
    int end = most;
    boolean any = bounds.get(0).equals("*") || bounds.get(0).equals("?");
    if (!any) {
      start = value(bounds.get(0));
      end = bounds.size() == 1 ? start : value(bounds.get(1));
      if (bounds.size() > 2) {
        throw new CronFault("too many hyphens: " + range);
      }
    }
    int step = 1;
    if (stepped.size() == 2) {
      step = number(stepped.get(1));
      end = bounds.size() == 1 ? most : end;
    } else if (stepped.size() > 2) {
      throw new CronFault("too many slashes: " + range);
    }
    within(start, end, step, range);
  }

  private void within(int start, int end, int step, String range) {
    if (start < least) {
      throw new CronFault(
          "beginning of range (%d) below minimum (%d): %s".formatted(start, least, range));
    }
    if (end > most) {
      throw new CronFault("end of range (%d) above maximum (%d): %s".formatted(end, most, range));
    }
    if (start > end) {
      throw new CronFault(
          "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, range));
    }
    if (step == 0) {
      throw new CronFault("step of range should be a positive number: " + range);
    }
  }

  private int value(String text) {
    int name = names.indexOf(text.toLowerCase(Locale.ROOT));
    return name < 0 ? number(text) : least + name;
  }

  private static int number(String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new CronFault(
          "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(text, text));
    }
    if (number < 0) {
      throw new CronFault("negative number (%d) not allowed: %s".formatted(number, text));
    }
    return number;
  }

  /** What stands between the separators, empty parts too. */
  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>(2);
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }
}
