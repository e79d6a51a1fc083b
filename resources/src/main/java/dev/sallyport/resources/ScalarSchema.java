package dev.sallyport.resources;

/** A value without a schema inside. */
public enum ScalarSchema implements ObjectSchema {
  STRING,
  BOOLEAN,
  INT32,
  INT64,
  DOUBLE,
  /** Bytes, base64 in JSON. */
  BYTES,
  /** meta/v1 Time: RFC 3339 to the second, UTC. */
  TIME,
  /** meta/v1 MicroTime: RFC 3339 with six digits of a second, UTC. */
  MICRO_TIME,
  /** A resource quantity, such as 100m or 1Gi. */
  QUANTITY,
  /** A 32-bit number or a string. */
  INT_OR_STRING,
  /** Any JSON value, one value as a whole: RawExtension, JSON, FieldsV1. */
  ANY,
  /** Any JSON value of a custom resource; objects in it are merged entry by entry. */
  UNTYPED
}
