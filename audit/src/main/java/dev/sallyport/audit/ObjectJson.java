package dev.sallyport.audit;

/**
 * An object as JSON, as it was sent or answered.
 *
 * @param bytes shared, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only written
public record ObjectJson(byte[] bytes) {}
