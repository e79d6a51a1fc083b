package dev.sallyport.server.endpoint.health;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must be well.
 *
 * @param name as it stands in the path and in the verbose answer, such as ping
 * @param probe what is wrong, for the log, or null; quick, any thread, never blocks
 */
public record HealthCheck(String name, Supplier<@Nullable String> probe) {

  /** Fails until the condition holds. */
  public static HealthCheck until(String name, BooleanSupplier condition) {
    return new HealthCheck(name, () -> condition.getAsBoolean() ? null : "not finished");
  }

  /** Passes whenever the server can answer at all. */
  public static HealthCheck always(String name) {
    return new HealthCheck(name, () -> null);
  }
}
