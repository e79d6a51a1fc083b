package dev.sallyport.api;

/**
 * One fault of a refused object.
 *
 * @param reason such as FieldValueRequired or FieldValueInvalid; "" where there is none
 * @param message the fault without the field's name
 * @param field the field's path, such as rules[0].verbs
 */
public record StatusCause(String reason, String message, String field) {

  /** The fault as one line: field and message. */
  public String line() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
