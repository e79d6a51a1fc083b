package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import java.util.List;

/** Faults of values in the API's words. */
public final class Causes {

  /** What stands for the name of a fault that belongs to no field. */
  public static final String NO_FIELD = "<nil>";

  private Causes() {}

  public static StatusCause required(String field) {
    return new StatusCause("FieldValueRequired", "Required value", field);
  }

  public static StatusCause invalid(String field, JsonNode value, String detail) {
    return invalidShown(field, Shown.of(value), detail);
  }

  /**
   * A value that is wrong.
   *
   * @param shown the value as it is to stand in the message
   */
  public static StatusCause invalidShown(String field, String shown, String detail) {
    return new StatusCause("FieldValueInvalid", "Invalid value: " + shown + ": " + detail, field);
  }

  static StatusCause wrongType(String field, String actual, String detail) {
    return new StatusCause(
        "FieldValueTypeInvalid", "Invalid value: " + Quoted.of(actual) + ": " + detail, field);
  }

  static StatusCause unsupported(String field, JsonNode value, List<JsonNode> choices) {
    StringBuilder message = new StringBuilder("Unsupported value: ").append(Shown.of(value));
    message.append(": supported values: ");
    for (int i = 0; i < choices.size(); i++) {
      JsonNode choice = choices.get(i);
      message.append(i == 0 ? "" : ", ");
      Quoted.append(message, choice.isTextual() ? choice.textValue() : Shown.of(choice));
    }
    return new StatusCause("FieldValueNotSupported", message.toString(), field);
  }

  public static StatusCause duplicate(String field, JsonNode value) {
    return new StatusCause("FieldValueDuplicate", "Duplicate value: " + Shown.of(value), field);
  }

  static StatusCause tooLong(String field, long limit) {
    String unit = limit == 1 ? " byte" : " bytes";
    return new StatusCause(
        "FieldValueTooLong", "Too long: may not be more than " + limit + unit, field);
  }

  static StatusCause tooMany(String field, int actual, long limit) {
    String unit = limit == 1 ? " item" : " items";
    return new StatusCause(
        "FieldValueTooMany", "Too many: " + actual + ": must have at most " + limit + unit, field);
  }
}
