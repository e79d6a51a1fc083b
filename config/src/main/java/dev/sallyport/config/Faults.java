package dev.sallyport.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers faults, so that all are told together. For one thread. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  /** Notes a fault unless what must hold does. */
  public Faults check(boolean holds, String flag, Object value, String expected) {
    if (!holds) {
      add(flag, value, expected);
    }
    return this;
  }

  public void add(String flag, Object value, String expected) {
    add(new Fault(flag, shown(value), expected));
  }

  /** A time as flags take it, 1h30m, where Java writes PT1H30M. */
  private static String shown(Object value) {
    return value instanceof Duration time
        ? time.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
        : String.valueOf(value);
  }

  public void add(Fault fault) {
    if (!found.contains(fault)) {
      found.add(fault);
    }
  }

  /**
   * Does one step and keeps the faults it throws, so that the next step can be looked at too.
   *
   * @return what the step made; empty only if there were faults
   */
  public <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (ConfigException e) {
      e.faults().forEach(this::add);
      return Optional.empty();
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Fault> all() {
    return List.copyOf(found);
  }

  /**
   * Ends the gathering.
   *
   * @throws ConfigException with everything found, if anything was
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
