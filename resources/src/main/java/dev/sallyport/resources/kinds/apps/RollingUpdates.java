package dev.sallyport.resources.kinds.apps;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.IntOrPercent;

/** How many pods a rolling update may take away and add at a time. */
final class RollingUpdates {

  static final String SURGE = "maxSurge";
  static final String UNAVAILABLE = "maxUnavailable";

  private RollingUpdates() {}

  static void deployment(Field strategy) {
    Field rolling = strategy.at("rollingUpdate");
    switch (strategy.at("type").text()) {
      case "Recreate" -> {
        if (rolling.present()) {
          rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> {
        rolling.at(UNAVAILABLE).intOrPercent();
        rolling.at(SURGE).intOrPercent();
        if (nothing(rolling.at(UNAVAILABLE)) && nothing(rolling.at(SURGE))) {
          rolling.at(UNAVAILABLE).invalid("may not be 0 when `maxSurge` is 0");
        }
      }
      default -> strategy.at("type").unsupported("Recreate", "RollingUpdate");
    }
  }

  static void daemonSet(Field strategy) {
    Field rolling = strategy.at("rollingUpdate");
    switch (strategy.at("type").text()) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> {
        rolling.at(UNAVAILABLE).intOrPercent();
        rolling.at(SURGE).intOrPercent();
        boolean takes = !nothing(rolling.at(UNAVAILABLE));
        boolean adds = !nothing(rolling.at(SURGE));
        if (takes && adds) {
          rolling.at(SURGE).invalid("may not be set when maxUnavailable is non-zero");
        } else if (!takes && !adds) {
          rolling.at(UNAVAILABLE).required("cannot be 0 when maxSurge is 0");
        }
      }
      default -> strategy.at("type").unsupported("RollingUpdate", "OnDelete");
    }
  }

  static void statefulSet(Field strategy) {
    Field rolling = strategy.at("rollingUpdate");
    switch (strategy.at("type").text()) {
      case "OnDelete" -> {
        if (rolling.present()) {
          rolling.invalid("only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> rolling.at("partition").nonNegative();
      default -> strategy.invalid("must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  private static boolean nothing(Field count) {
    return IntOrPercent.number(count.node()) == 0;
  }
}
