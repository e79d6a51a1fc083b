package dev.sallyport.config.routes;

import dev.sallyport.config.NamedChoice;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.flags.GoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/** Fields with a value of some kind. What is wrong is noted and counts as missing. */
final class Values {

  private Values() {}

  /** One of some words. */
  static <T extends NamedChoice> T choice(Fields fields, String field, T[] all, T otherwise) {
    Optional<String> given = fields.optionalText(field);
    if (given.isEmpty()) {
      return otherwise;
    }
    StringJoiner expected = new StringJoiner(", ");
    for (T each : all) {
      if (each.text().equals(given.get())) {
        return each;
      }
      expected.add(each.text());
    }
    fields.fault(field, "\"" + given.get() + "\" (expected: one of " + expected + ")");
    return otherwise;
  }

  /** One of some words of which true and false are two. */
  static ListFiltering filtering(Fields fields, String field) {
    Optional<String> given = fields.word(field);
    for (ListFiltering each : ListFiltering.values()) {
      if (given.isEmpty() || each.text().equals(given.get())) {
        return each; // the first is what holds when nothing is said
      }
    }
    fields.fault(field, "\"" + given.get() + "\" (expected: true, false or labelled)");
    return ListFiltering.OFF;
  }

  /** A time such as 1m30s, zero or more. */
  static Duration duration(Fields fields, String field, Duration otherwise) {
    Optional<String> given = fields.optionalText(field);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      Duration time = GoDuration.parse(given.get());
      if (!time.isNegative()) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    fields.fault(field, "\"" + given.get() + "\" (expected: a time such as 5s or 1m30s)");
    return otherwise;
  }

  /** A whole number within bounds. */
  static int number(Fields fields, String field, int least, int most, int otherwise) {
    int given = fields.integer(field).orElse(otherwise);
    if (given < least || given > most) {
      fields.fault(field, given + " (expected: a number from " + least + " to " + most + ")");
      return otherwise;
    }
    return given;
  }

  /**
   * A file or folder.
   *
   * @param folder where relative names start
   */
  static Optional<Path> path(Fields fields, String field, Path folder) {
    String given = fields.text(field);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(folder.resolve(given));
    } catch (InvalidPathException e) {
      fields.fault(field, "is no file name");
      return Optional.empty();
    }
  }
}
