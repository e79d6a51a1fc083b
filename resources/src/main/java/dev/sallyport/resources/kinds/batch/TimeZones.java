package dev.sallyport.resources.kinds.batch;

import dev.sallyport.resources.validation.Field;
import java.time.zone.ZoneRulesProvider;
import java.util.Set;

/** Time zones by their names in the IANA data base. */
final class TimeZones {

  /** In the data base, but not among the JDK's. */
  private static final Set<String> SHORT = Set.of("UTC", "EST", "MST", "HST", "ROC");

  private TimeZones() {}

  static boolean known(String name) {
    return SHORT.contains(name) || ZoneRulesProvider.getAvailableZoneIds().contains(name);
  }

  static void check(Field zone) {
    if (!zone.present()) {
      return;
    }
    String name = zone.text();
    if (name.isEmpty()) {
      zone.invalid("timeZone must be nil or non-empty string");
      return;
    }
    if (name.equalsIgnoreCase("Local")) {
      zone.invalid(
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    }
    if (!known(name) && !name.equals("Local")) {
      zone.invalid("unknown time zone " + name);
    }
  }
}
