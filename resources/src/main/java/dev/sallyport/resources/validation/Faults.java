package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with an object, in the API's wording, in the order in which it is found.
 * For one validation on one thread.
 */
public final class Faults {

  private final List<StatusCause> causes = new ArrayList<>();

  /** What was found so far. */
  public List<StatusCause> causes() {
    return causes;
  }

  public boolean none() {
    return causes.isEmpty();
  }

  /** A fault that was put into words elsewhere. */
  public void add(StatusCause cause) {
    causes.add(cause);
  }

  public void required(String field, String detail) {
    add("FieldValueRequired", "Required value", field, detail);
  }

  public void invalid(String field, String value, String detail) {
    add("FieldValueInvalid", "Invalid value: " + Quoted.of(value), field, detail);
  }

  public void invalid(String field, long value, String detail) {
    add("FieldValueInvalid", "Invalid value: " + value, field, detail);
  }

  /** For values that are no strings: they are shown as JSON. */
  public void invalid(String field, @Nullable JsonNode value, String detail) {
    String shown =
        value == null
            ? "null"
            : value.isTextual() ? Quoted.of(value.textValue()) : value.toString();
    add("FieldValueInvalid", "Invalid value: " + shown, field, detail);
  }

  /** Without showing the value. */
  public void invalidUnshown(String field, String detail) {
    add("FieldValueInvalid", "Invalid value", field, detail);
  }

  /** One fault per detail. */
  public void invalid(String field, String value, List<String> details) {
    for (String detail : details) {
      invalid(field, value, detail);
    }
  }

  public void unsupported(String field, String value, String... supported) {
    unsupportedShown(field, Quoted.of(value), supported);
  }

  /** As {@link #unsupported} for a value that is no text, shown as it is given. */
  public void unsupportedValue(String field, String shown, String... supported) {
    unsupportedShown(field, shown, supported);
  }

  /** As {@link #unsupported} for a list of values. */
  public void unsupportedList(String field, List<String> values, String... supported) {
    List<String> quoted = values.stream().map(Quoted::of).toList();
    unsupportedShown(field, "[" + String.join(",", quoted) + "]", supported);
  }

  /** As {@link #unsupported} for a value that is no text. */
  public void unsupportedShown(String field, String shown, String... supported) {
    StringBuilder detail = new StringBuilder("supported values: ");
    for (int i = 0; i < supported.length; i++) {
      detail.append(i == 0 ? "" : ", ").append(Quoted.of(supported[i]));
    }
    add("FieldValueNotSupported", "Unsupported value: " + shown, field, detail.toString());
  }

  public void forbidden(String field, String detail) {
    add("FieldValueForbidden", "Forbidden", field, detail);
  }

  /** For values that are no strings: they are shown as JSON. */
  public void duplicate(String field, JsonNode value) {
    add("FieldValueDuplicate", "Duplicate value: " + value, field, "");
  }

  /** As {@link #duplicate(String, JsonNode)}, with more to say. */
  public void duplicate(String field, JsonNode value, String detail) {
    add("FieldValueDuplicate", "Duplicate value: " + value, field, detail);
  }

  public void duplicate(String field, String value) {
    add("FieldValueDuplicate", "Duplicate value: " + Quoted.of(value), field, "");
  }

  /** Something that the field names is not there. */
  public void notFound(String field, String value) {
    add("FieldValueNotFound", "Not found: " + Quoted.of(value), field, "");
  }

  public void tooLong(String field, int limit) {
    add("FieldValueTooLong", "Too long", field, "may not be more than " + limit + " bytes");
  }

  public void tooMany(String field, int actual, int limit) {
    add("FieldValueTooMany", "Too many: " + actual, field, "must have at most " + limit + " items");
  }

  private void add(String reason, String what, String field, String detail) {
    causes.add(new StatusCause(reason, detail.isEmpty() ? what : what + ": " + detail, field));
  }
}
