package dev.sallyport.resources.registry;

import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.validation.Faults;
import java.util.List;

/**
 * The options of a create, update or patch.
 *
 * @param dryRun everything but the write
 * @param fieldManager who the client says it is; "" when it does not say
 * @param force whether an apply takes fields from their owners
 */
record WriteOptions(
    boolean dryRun, FieldValidation fieldValidation, String fieldManager, boolean force) {

  private static final int MANAGER_LENGTH = 128;

  /**
   * @param kind CreateOptions, UpdateOptions or PatchOptions
   */
  static WriteOptions parse(QueryParameters query, String kind) {
    Faults faults = new Faults();
    String manager = query.text("fieldManager");
    if (manager.length() > MANAGER_LENGTH) {
      faults.tooLong("fieldManager", MANAGER_LENGTH);
    }
    boolean dryRun = dryRun(query.all("dryRun"), faults);
    FieldValidation validation = fieldValidation(query.text("fieldValidation"), faults);
    OptionFaults.refuse(kind, faults);
    return new WriteOptions(dryRun, validation, manager, query.on("force"));
  }

  static boolean dryRun(List<String> values, Faults faults) {
    if (values.isEmpty() || (values.size() == 1 && values.get(0).isEmpty())) {
      return false;
    }
    for (String value : values) {
      if (!value.equals("All")) {
        faults.unsupportedList("dryRun", values, "All");
        break;
      }
    }
    return true;
  }

  private static FieldValidation fieldValidation(String text, Faults faults) {
    return switch (text) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default -> {
        faults.unsupported("fieldValidation", text, "Ignore", "Strict", "Warn");
        yield FieldValidation.WARN;
      }
    };
  }
}
