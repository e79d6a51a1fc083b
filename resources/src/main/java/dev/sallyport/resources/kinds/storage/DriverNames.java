package dev.sallyport.resources.kinds.storage;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What several kinds of storage say in the same way: names of drivers and parameters. */
final class DriverNames {

  private static final int LONGEST_NAME = 63;
  private static final int MOST_PARAMETERS = 512;
  private static final int PARAMETERS_SIZE = 256 * 1024;

  private DriverNames() {}

  /** The name of a CSI driver: a domain, in any case of letters. */
  static void check(Field name) {
    if (!name.given()) {
      return;
    }
    name.noLongerThan(LONGEST_NAME);
    name.is(text -> Names.subdomain(text.toLowerCase(Locale.ROOT)));
  }

  static void parameters(Field parameters) {
    if (parameters.size() > MOST_PARAMETERS) {
      parameters.faults().tooLong("Provisioner Parameters", MOST_PARAMETERS);
    }
    int[] size = {0};
    parameters.entries(
        entry -> {
          if (entry.getKey().isEmpty()) {
            parameters.invalid("", "field can not be empty.");
          }
          size[0] += bytes(entry.getKey()) + bytes(entry.getValue().text());
        });
    if (size[0] > PARAMETERS_SIZE) {
      parameters.tooLong(PARAMETERS_SIZE);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
