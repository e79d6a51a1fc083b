package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.util.Set;

/** What a claim for storage asks for, in a PersistentVolumeClaim or a template of one. */
public final class ClaimSpecRules {

  private static final String[] ACCESS_MODES = {
    "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"
  };

  private static final Set<String> ACCESS_MODES_KNOWN = Set.of(ACCESS_MODES);

  private ClaimSpecRules() {}

  public static void check(Field spec) {
    accessModes(spec.at("accessModes"), "at least 1 access mode is required");
    spec.at("selector").labelSelector();
    Field storage =
        spec.at("resources")
            .entry("storage")
            .with(spec.at("resources", "requests", "storage").node());
    if (!storage.present()) {
      storage.required("");
    } else if (Quantity.of(storage.text()).signum() <= 0) {
      storage.invalid("must be greater than zero");
    }
    spec.at("storageClassName").isIfSet(Names::subdomain);
    spec.at("volumeMode").oneOfIfSet("Block", "Filesystem");
  }

  /**
   * At least one mode, each a known one, and the most exclusive one alone.
   *
   * @param none what is said when there is none
   */
  public static void accessModes(Field modes, String none) {
    if (modes.isEmpty()) {
      modes.required(none);
    }
    boolean alone = false;
    for (int i = 0; i < modes.size(); i++) {
      String mode = modes.item(i).text();
      alone |= mode.equals("ReadWriteOncePod");
      if (!ACCESS_MODES_KNOWN.contains(mode)) {
        modes.faults().unsupported(modes.path(), mode, ACCESS_MODES);
      }
    }
    if (alone && modes.size() > 1) {
      modes.forbidden("may not use ReadWriteOncePod with other access modes");
    }
  }
}
