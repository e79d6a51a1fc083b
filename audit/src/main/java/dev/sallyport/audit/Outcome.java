package dev.sallyport.audit;

import dev.sallyport.api.Status;
import org.jspecify.annotations.Nullable;

/**
 * What was answered.
 *
 * @param code the HTTP status
 * @param status the refusal or success in words, or null where an object was answered
 */
public record Outcome(int code, @Nullable Status status) {}
