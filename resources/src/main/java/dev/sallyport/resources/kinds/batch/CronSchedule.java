package dev.sallyport.resources.kinds.batch;

import dev.sallyport.config.flags.GoDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * When a CronJob runs: five fields, one of the names such as {@code @daily}, or {@code @every} and
 * a duration.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">Schedule
 *     syntax</a>
 */
final class CronSchedule {

  private static final Set<String> NAMES =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final String EVERY = "@every ";
  private static final int FIELDS = CronField.ALL.size();

  private CronSchedule() {}

  /**
   * @throws CronFault when the text is no schedule
   */
  static void check(String text) {
    String schedule = text;
    if (schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=")) {
      schedule = behindZone(schedule);
    }
    if (schedule.startsWith("@")) {
      named(schedule);
      return;
    }
    List<String> fields = new ArrayList<>(FIELDS);
    StringTokenizer words = new StringTokenizer(schedule);
    while (words.hasMoreTokens()) {
      fields.add(words.nextToken());
    }
    if (fields.size() != FIELDS) {
      throw new CronFault(
          "expected exactly %d fields, found %d: [%s]"
              .formatted(FIELDS, fields.size(), String.join(" ", fields)));
    }
    for (int i = 0; i < FIELDS; i++) {
      CronField.ALL.get(i).check(fields.get(i));
    }
  }

  private static String behindZone(String schedule) {
    int space = schedule.indexOf(' ');
    int end = space < 0 ? schedule.length() : space;
    String zone = schedule.substring(schedule.indexOf('=') + 1, end);
    if (!TimeZones.known(zone)) {
      throw new CronFault("provided bad location %s: unknown time zone %s".formatted(zone, zone));
    }
    return schedule.substring(end).strip();
  }

  private static void named(String schedule) {
    if (NAMES.contains(schedule)) {
      return;
    }
    if (!schedule.startsWith(EVERY)) {
      throw new CronFault("unrecognized descriptor: " + schedule);
    }
    String duration = schedule.substring(EVERY.length());
    try {
      GoDuration.parse(duration);
    } catch (IllegalArgumentException e) {
      throw new CronFault(
          "failed to parse duration %s: time: invalid duration \"%s\""
              .formatted(schedule, duration));
    }
  }
}
