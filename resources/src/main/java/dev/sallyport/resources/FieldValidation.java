package dev.sallyport.resources;

/** What becomes of unknown and doubled fields: the query parameter {@code fieldValidation}. */
public enum FieldValidation {
  /** They are dropped silently; of two equal keys the last counts. */
  IGNORE,
  /** They are dropped, and a warning says so. */
  WARN,
  /** They are refused. */
  STRICT
}
